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
 * A fresh list, as long as the one that is given, to be overwritten. `longest` is the latest of the longest outputs so
 * far. (The caller keeps it, since a variable of a closure costs 40 ns per list.)
 *
 * A slice is the fastest packed list of a given length: `new Array(n)` has holes, which every later loop checks for,
 * and `push` grows it by and by. All outputs are lists of doubles to V8, also where the input holds small ints, which
 * it keeps in another way. So no answer needs a conversion of what was sliced (it takes as long as everything else),
 * `spoil` changes nothing with its NaN, and the kernel sees one kind of output in all calls, which keeps it fast.
 */
export function outputFor(list: readonly number[], longest: readonly number[]): number[] {
  const { length } = list;
  if (length === 0) return [];
  // A list of doubles: slicing it fetches it into the cache for the kernel.
  if (!isSmallInt(list[0])) return list.slice();
  if (longest.length === length) return longest.slice();
  if (longest.length > length) return longest.slice(0, length);
  const output = list.slice();
  output[0] = 0.5;
  return output;
}

/** Outputs for the answers to all lists. */
export function makeListOutputs({ kind }: CpuKernel, lists: readonly number[][]): number[][] {
  let longest: number[] = [];
  return lists.map((list) => {
    const output = kind === 'map' ? outputFor(list, longest) : [NaN];
    if (output.length >= longest.length) longest = output;
    return output;
  });
}

function isSmallInt(value: number): boolean {
  return (value | 0) === value;
}
