import { expect, it } from 'vitest';
import { analysed } from '../fixtures.js';
import { bandWords } from './band-words.js';

const warmOf = (run: Parameters<typeof analysed>[0]) => {
  const warm = analysed(run).accounts.find(({ account }) => account === 'warm');
  if (warm === undefined) throw new Error('every run has a warm account');
  return warm;
};
const simd = (timeNs: (shape: { keys: number; elements: number }) => number) => [
  {
    label: 'for-loop',
    family: 'serial' as const,
    compute: ({ elements }: { elements: number }) => 2 * elements,
  },
  { label: 'wasm-simd', family: 'vectorized' as const, compute: timeNs },
];
const sweeps = [{ keys: [4, 64, 1_024], length: [10, 200, 5_000] }];

it.each([
  [
    'numbers',
    ({ elements }: { elements: number }) => 30_000 + elements,
    'Below 64k numbers in all: for-loop; above: wasm-simd.',
  ],
  [
    'nothing',
    ({ elements }: { elements: number }) => 3 * elements,
    'Whatever the keys and lengths here: for-loop.',
  ],
  [
    'keys',
    ({ keys, elements }: { keys: number; elements: number }) => 400 * keys + elements,
    'The numbers in all do not decide by themselves here: how they are spread over keys does, too.',
  ],
])('where %s decide', (_what, timeNs, words) => {
  expect(bandWords(warmOf({ strategies: simd(timeNs), sweeps }))).toEqual([words]);
});

it('says nothing of a line, which has crossovers', () => {
  expect(
    bandWords(warmOf({ strategies: simd(() => 1), sweeps: [{ keys: [8], length: [10, 100] }] })),
  ).toEqual([]);
});
