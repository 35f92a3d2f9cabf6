import { type Columns, isLists, type StagedSession, toColumns, type Wasm } from 'breakeven';
import { answersIn, type CpuKernel, makeOutputs } from './for-loop.columns.js';
import { unpackAnswers } from './typed-array.copy.js';
import { mapLists, reduceLists } from './typed-array.lists.js';
import { cutOf, type Window, windowSize, windowSizeFor } from './typed-array.window.js';
import { mapColumns, reduceColumns } from './wasm-simd.columns.js';
import { instantiate, type WasmKernel } from './wasm-simd.kernel.js';
import { LinearMemory, type Region } from './wasm-simd.memory.js';
import { placeInMemory } from './wasm-simd.place.js';

interface SessionRequest {
  readonly kernel: CpuKernel;
  readonly wasm: Wasm;
  readonly cuttable: boolean;
  /** Less than WebAssembly's 4 GiB only in tests, which so make small data stream. */
  readonly maxBytes?: number;
}

/** One instance of the kernel and one memory, which holds what is placed, and a window for everything else. */
export function wasmSession({ kernel, wasm, cuttable, maxBytes }: SessionRequest): StagedSession {
  const cut = cutOf(kernel, cuttable);
  const memory = new LinearMemory(maxBytes);
  const compiled = instantiate(wasm, kernel.kind, memory.memory);
  // Reserved before anything is placed, so that there is always one to stream through.
  const windowFor = windowIn(memory, compiled);
  windowFor(windowSize);

  const stream = (columns: Columns, outputs: Float64Array) => {
    const window = windowFor(windowSizeFor(cut, columns));
    if (kernel.kind === 'map') mapColumns(window, cut, columns, outputs);
    else reduceColumns(window, cut, columns, outputs);
  };

  return {
    place(input) {
      const placed = placeInMemory({ kernel, cuttable, memory, compiled }, input);
      if (placed) return placed;
      // Too large for linear memory: it stays outside, and each compute takes it through the window.
      const columns = isLists(input) ? toColumns(input) : input;
      const outputs = makeOutputs(kernel, columns);
      return {
        streams: true,
        compute: () => stream(columns, outputs),
        collect: () =>
          isLists(input)
            ? unpackAnswers(kernel, input, outputs)
            : answersIn(kernel, columns, outputs.slice()),
        poison: () => void outputs.fill(NaN),
      };
    },
    run(input) {
      if (isLists(input)) {
        const window = windowFor(windowSizeFor(cut, input));
        return kernel.kind === 'map' ? mapLists(window, cut, input) : reduceLists(window, cut, input);
      }
      const outputs = makeOutputs(kernel, input);
      stream(input, outputs);
      return answersIn(kernel, input, outputs);
    },
    // Memory and instance go with the session.
    close() {},
  };
}

/** Returns the session's window, made anew where it is too small, or where growing has detached its views. */
function windowIn(memory: LinearMemory, compiled: WasmKernel): (size: number) => Window {
  let region: Region | undefined;
  let window: Window | undefined;
  return (size) => {
    if (window && window.source.length >= size) return window;
    if (!region || region.bytes < 16 * size) {
      const larger = memory.reserve(16 * size);
      if (!larger) {
        throw new RangeError(
          `a list of ${size} numbers, which this kernel does not allow to cut, does not fit into WebAssembly memory`,
        );
      }
      if (region) memory.free(region);
      region = larger;
    }
    const length = region.bytes / 16;
    const source = region.address;
    const target = source + 8 * length;
    window = {
      source: memory.numbers(source, length),
      target: memory.numbers(target, length),
      map: (from, count) => void compiled.map(source + 8 * from, target + 8 * from, count),
      reduce: (count) => compiled.reduce(source, count),
    };
    return window;
  };
}
