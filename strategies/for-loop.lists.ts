import type { Lists } from 'breakeven';
import type { CpuKernel } from './for-loop.columns.js';

/** The best serial loop over lists, into fresh lists. `npm run idioms` compares it with eight ways to write it. */
export function runLists(kernel: CpuKernel, input: Lists): Lists {
  const answers: Lists = new Map();
  // Two iterators side by side: `for (const [key, list] of input)` allocates a pair per key, which costs a third of
  // the time of lists of 10.
  const lists = input.values() as Iterator<number[], never>;
  if (kernel.kind === 'reduce') {
    for (const key of input.keys()) answers.set(key, [kernel.list(lists.next().value)]);
    return answers;
  }
  let before: number[] = [];
  for (const key of input.keys()) {
    const list = lists.next().value;
    const answer = outputFor(list, before);
    kernel.list(list, answer);
    answers.set(key, answer);
    before = answer;
  }
  return answers;
}

/**
 * A fresh list to be overwritten: a slice is packed and has the right length. Mostly one of the input is best, which
 * it fetches into the cache besides. But where small ints become doubles V8 would convert it at the first store, which
 * takes as long as everything else; there the answer before is sliced.
 */
export function outputFor(list: number[], before: number[]): number[] {
  const { length } = list;
  const converts = length > 0 && length === before.length && isSmallInt(list[0]) && !isSmallInt(before[0]);
  return converts ? before.slice() : list.slice();
}

function isSmallInt(value: number): boolean {
  return (value | 0) === value;
}

/**
 * Outputs for answers of the given lengths, packed and of doubles. V8 keeps a list of small ints in another way; one
 * that begins so would be converted by the first double, the NaN of `spoil` included.
 */
export function makeListOutputs(
  kernel: CpuKernel,
  lists: readonly { readonly length: number }[],
): number[][] {
  let before: number[] = [];
  return lists.map(({ length }) => {
    const size = kernel.kind === 'map' ? length : 1;
    before = before.length === size ? before.slice() : blankList(size);
    return before;
  });
}

/** A packed list of doubles. `new Array(length)` would have holes, and a check at every read. */
export function blankList(length: number): number[] {
  const list: number[] = [];
  for (let i = 0; i < length; i += 1) list.push(NaN);
  // What `push` has reserved beyond the length goes.
  return list.slice();
}
