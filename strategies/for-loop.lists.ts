import type { Lists } from 'breakeven';
import type { CpuKernel } from './for-loop.columns.js';

/** The best serial loop over lists, into fresh lists. `npm run idioms` compares it with ten ways to write it. */
export function runLists(kernel: CpuKernel, input: Lists): Lists {
  const answers: Lists = new Map();
  // Two iterators side by side: `for (const [key, list] of input)` allocates a pair per key, which costs a third of
  // the time of lists of 10.
  const lists = input.values() as Iterator<number[], never>;
  if (kernel.kind === 'reduce') {
    for (const key of input.keys()) answers.set(key, [kernel.list(lists.next().value)]);
    return answers;
  }
  let longest: number[] = [];
  for (const key of input.keys()) {
    const list = lists.next().value;
    const answer = outputFor(list, longest);
    kernel.list(list, answer);
    answers.set(key, answer);
    if (answer.length >= longest.length) longest = answer;
  }
  return answers;
}

/**
 * A fresh list, as long as the one that is given, to be overwritten. `longest` is the latest of the longest answers so
 * far. (The caller keeps it, since a variable of a closure costs 40 ns per list.)
 *
 * A slice is the fastest packed list of a given length: `new Array(n)` has holes, which every later loop checks for,
 * and `push` grows it by and by. But V8 keeps small ints in another way than doubles. Where the kernel makes doubles
 * of ints, a slice of the input would be converted at the first store, which takes as long as everything else; there
 * an answer is sliced.
 */
export function outputFor(list: readonly number[], longest: readonly number[]): number[] {
  const { length } = list;
  const converts = length > 0 && longest.length >= length && isSmallInt(list[0]) && !isSmallInt(longest[0]);
  if (!converts) return list.slice();
  return longest.length === length ? longest.slice() : longest.slice(0, length);
}

/** Outputs for the answers to all lists: of the same kind as in `run`, since a kernel that sees several gets slow. */
export function makeListOutputs({ kind }: CpuKernel, lists: readonly number[][]): number[][] {
  return lists.map((list) => (kind === 'map' ? list.slice() : [NaN]));
}

export function isSmallInt(value: number): boolean {
  return (value | 0) === value;
}
