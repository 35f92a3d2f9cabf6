import { type Dictionary, isLists, type Lists, type Placed, packInto } from 'breakeven';
import { answersIn, type CpuKernel } from './for-loop.columns.js';
import { unpackAnswers } from './typed-array.copy.js';
import type { WasmKernel } from './wasm-simd.kernel.js';
import type { LinearMemory } from './wasm-simd.memory.js';

interface Place {
  readonly kernel: CpuKernel;
  readonly cuttable: boolean;
  readonly memory: LinearMemory;
  readonly compiled: WasmKernel;
}

/** Keys and offsets of a dictionary, whose values are elsewhere. */
interface Layout {
  readonly keys: readonly string[];
  readonly offsets: Uint32Array;
  readonly length: number;
}

/** Packs input straight into linear memory, with room for outputs behind it; nothing where it does not fit. */
export function placeInMemory(
  { kernel, cuttable, memory, compiled }: Place,
  input: Dictionary,
): Placed | undefined {
  const layout = isLists(input) ? layoutOf(input) : { ...input, length: input.values.length };
  const { keys, offsets, length } = layout;
  const sourceBytes = Math.ceil(length / 8) * 64;
  const region = memory.reserve(kernel.kind === 'map' ? 2 * sourceBytes : sourceBytes);
  if (!region) return undefined;

  const source = region.address;
  const target = source + sourceBytes;
  const values = memory.numbers(source, length);
  if (isLists(input)) packInto(input, values);
  else values.set(input.values);

  // A reduce answers numbers to JavaScript. The view of a map's answers is taken anew: growing detaches views.
  const reduced = new Float64Array(kernel.kind === 'reduce' ? keys.length : 0);
  const outputs = () => (kernel.kind === 'map' ? memory.numbers(target, length) : reduced);
  return {
    compute() {
      if (kernel.kind === 'map' && cuttable) {
        compiled.map(source, target, length);
      } else if (kernel.kind === 'map') {
        for (let k = 0; k < keys.length; k += 1) {
          const from = 8 * offsets[k];
          compiled.map(source + from, target + from, offsets[k + 1] - offsets[k]);
        }
      } else {
        for (let k = 0; k < keys.length; k += 1) {
          reduced[k] = compiled.reduce(source + 8 * offsets[k], offsets[k + 1] - offsets[k]);
        }
      }
    },
    collect: () =>
      isLists(input) ? unpackAnswers(kernel, input, outputs()) : answersIn(kernel, input, outputs().slice()),
    poison: () => void outputs().fill(NaN),
    release: () => memory.free(region),
  };
}

function layoutOf(lists: Lists): Layout {
  const offsets = new Uint32Array(lists.size + 1);
  let k = 0;
  let length = 0;
  for (const list of lists.values()) {
    length += list.length;
    k += 1;
    offsets[k] = length;
  }
  return { keys: [...lists.keys()], offsets, length };
}
