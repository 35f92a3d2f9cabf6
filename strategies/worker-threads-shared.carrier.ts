import { type Columns, type Dictionary, isLists, type Lists } from 'breakeven';
import type { CpuKernel } from './for-loop.columns.js';
import { doublesFor, packInto, unpackInto } from './typed-array.copy.js';
import type { Carrier } from './worker-threads-shared.ring.js';

/** Between columns and the ring: copies of neighbouring numbers, whatever the lists. */
export function columnsCarrier(
  kernel: CpuKernel,
  { offsets, values }: Columns,
  outputs: Float64Array,
): Carrier {
  const join = joinOf(kernel);
  return {
    offsets,
    bring: (from, to, _, input, at) => input.set(values.subarray(from, to), at),
    take: (from, to, _, output, at) => outputs.set(output.subarray(at, at + to - from), from),
    takeReduced(key, answer, isFirst) {
      outputs[key] = isFirst ? answer : join(outputs[key], answer);
    },
  };
}

/** Between lists and the ring. Answers are made as they come, since long lists come in parts and out of order. */
export function listsCarrier(
  kernel: CpuKernel,
  input: Lists,
  offsets: Uint32Array,
): Carrier & { answers(): Lists } {
  const join = joinOf(kernel);
  const lists = [...input.values()];
  const answers: number[][] = new Array(lists.length);
  let longest: number[] = [];
  /** Calls `each` with the parts of lists that the numbers `from` to `to` are made of. */
  const walk = (
    from: number,
    to: number,
    key: number,
    at: number,
    each: (key: number, first: number, length: number, at: number) => void,
  ) => {
    for (let k = key, begin = from; begin < to; k += 1) {
      const end = Math.min(offsets[k + 1], to);
      if (end > begin) each(k, begin - offsets[k], end - begin, at + begin - from);
      begin = end;
    }
  };
  return {
    offsets,
    bring: (from, to, key, target, at) =>
      walk(from, to, key, at, (k, first, length, place) => packInto(lists[k], first, length, target, place)),
    take: (from, to, key, output, at) =>
      walk(from, to, key, at, (k, first, length, place) => {
        if (answers[k] === undefined) {
          answers[k] = doublesFor(lists[k], longest);
          if (lists[k].length >= longest.length) longest = answers[k];
        }
        unpackInto(answers[k], first, length, output, place);
      }),
    takeReduced(key, answer, isFirst) {
      if (isFirst) answers[key] = [answer];
      else answers[key][0] = join(answers[key][0], answer);
    },
    answers() {
      const dictionary: Lists = new Map();
      let k = 0;
      for (const key of input.keys()) {
        dictionary.set(key, answers[k] ?? []);
        k += 1;
      }
      return dictionary;
    },
  };
}

/** Where each list begins among all numbers, and one more for the end. */
export function offsetsOf(input: Dictionary): Uint32Array {
  if (!isLists(input)) return input.offsets;
  const offsets = new Uint32Array(input.size + 1);
  let k = 0;
  let end = 0;
  for (const { length } of input.values()) {
    end += length;
    if (end > 2 ** 32 - 1) throw new RangeError('more than 2^32 − 1 numbers cannot be packed');
    k += 1;
    offsets[k] = end;
  }
  return offsets;
}

function joinOf(kernel: CpuKernel): (a: number, b: number) => number {
  return (kernel.kind === 'reduce' && kernel.combine) || ((_, b) => b);
}
