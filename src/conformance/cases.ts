import type { Lists } from '../contract/dictionary.js';
import { generate } from '../dictionary/generate.js';
import { sourceExample } from '../dictionary/source-example.js';

/** A dictionary on which strategies go wrong, and what it tries. */
export interface DataCase {
  readonly name: string;
  make(): Lists;
}

/** Every strategy must answer these rightly, in both forms, for every kernel that it supports. */
export const dataCases: readonly DataCase[] = [
  { name: 'the source question’s example', make: () => copyOf(sourceExample.input) },
  // The same shape once more: an answer that was kept, or an output that is used again, would fit.
  { name: 'other numbers in the same shape', make: () => mapped(sourceExample.input, (x) => 1_000 - x) },
  { name: 'no keys', make: () => new Map() },
  { name: 'empty lists', make: () => listsOf([[], [], []]) },
  { name: 'empty lists among others', make: () => listsOf([[], [1, 2], [], [3], []]) },
  { name: 'one key', make: () => listsOf([[3, 1, 4, 1, 5, 9, 2, 6]]) },
  { name: 'one number', make: () => listsOf([[7]]) },
  { name: 'more workers than keys', make: () => listsOf([[1, 2, 3], [4]]) },
  {
    name: '−0, NaN and infinities',
    make: () => listsOf([[-0], [0, -0], [Number.NaN, 1], [1 / 0, 2], [-1 / 0], [1, Number.NaN, -0, 1 / 0]]),
  },
  {
    // 46,340² is the last square below 2^31, 94,906,265² the last below 2^53.
    name: 'integers at the edge of 32 and 53 bits',
    make: () =>
      listsOf([[46_340, 46_341], [-46_341], [94_906_265, 94_906_266], [-94_906_265], [2 ** 31, 2 ** 32]]),
  },
  { name: 'doubles', make: () => generate({ ...few, values: 'doubles' }, 'lists') },
  {
    name: 'very large and very small doubles',
    make: () => listsOf([[1e308, 1e154], [5e-324, 2.2e-308], [0.1]]),
  },
  { name: 'one giant list among many short ones', make: giant },
  { name: 'many keys', make: () => listsOf(Array.from({ length: 120 }, (_, i) => numbers(i, i % 4))) },
  { name: 'lengths around the width of a vector', make: () => listsOf(oddLengths.map((n) => numbers(n, n))) },
  {
    // Objects would put '2' before '10' before 'a', and take '__proto__' for something else.
    name: 'keys that are no identifiers',
    make: () =>
      new Map(['b', '10', '2', '', '__proto__', 'constructor', 'a b', 'ключ', '😀'].map((k, i) => [k, [i]])),
  },
];

const few = { keys: 5, length: 40, skew: 'equal', seed: 1 } as const;

const oddLengths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33];

function giant(): Lists {
  return listsOf([...Array.from({ length: 15 }, (_, i) => numbers(i, 2)), numbers(99, 3_000), numbers(1, 1)]);
}

/** Integers that differ from key to key and from place to place. */
function numbers(seed: number, length: number): number[] {
  return Array.from({ length }, (_, i) => (seed * 31 + i * 7) % 1_000);
}

function listsOf(lists: readonly number[][]): Lists {
  return new Map(lists.map((list, i) => [`key${i + 1}`, list]));
}

function copyOf(lists: Lists): Lists {
  return mapped(lists, (x) => x);
}

function mapped(lists: Lists, change: (x: number) => number): Lists {
  return new Map([...lists].map(([key, list]) => [key, list.map(change)]));
}
