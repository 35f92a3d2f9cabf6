import { describe, expect, it } from 'vitest';
import { analysed } from '../../../test/support/report-runs.js';
import type { Shape, StrategyModel } from '../../../test/support/synthetic.js';
import { blockMarkdown } from '../../render/markdown.js';
import { bandBlocks } from './bands.js';

const wordsOf = (run: Parameters<typeof analysed>[0]) => {
  const analysis = analysed(run);
  const warm = analysis.accounts.find(({ account }) => account === 'warm');
  if (warm === undefined) throw new Error('every run has a warm account');
  return bandBlocks(analysis, warm).map((block) => blockMarkdown(block));
};
const simd = (compute: StrategyModel['compute']): StrategyModel[] => [
  { label: 'for-loop', family: 'serial', compute: ({ elements }) => 2 * elements },
  { label: 'wasm-simd', family: 'vectorized', compute },
];
const sweeps = [{ keys: [4, 64, 1_024], length: [10, 200, 5_000] }];

describe('a map of keys × length', () => {
  it.each([
    [
      'numbers decide',
      ({ elements }: Shape) => 30_000 + elements,
      'Below 64k numbers in all: for-loop; above: wasm-simd.',
    ],
    ['nothing decides', ({ elements }: Shape) => 3 * elements, 'At every point here: for-loop.'],
  ])('is told by the numbers in all where %s', (_what, timeNs, words) => {
    expect(wordsOf({ strategies: simd(timeNs), sweeps })).toEqual([words]);
  });

  it('is told row by row where the numbers in all do not decide, in the direction that takes fewer words', () => {
    const front =
      'The numbers in all do not decide by themselves here: how they are spread over keys does, too.';
    const rows = (timeNs: StrategyModel['compute']) => wordsOf({ strategies: simd(timeNs), sweeps });
    expect(rows(({ keys, elements }) => 400 * keys + elements)).toEqual([
      front,
      '- With 4 to 1,024 keys: below 1k numbers per list: for-loop; above: wasm-simd.',
    ]);
    expect(rows(({ length, elements }) => 200 * length + elements)).toEqual([
      front,
      '- With 10 to 5k numbers per list: below 260 keys: for-loop; above: wasm-simd.',
    ]);
    // SIMD loses at once with few keys or short lists.
    expect(rows(({ keys, length, elements }) => (keys > 100 && length > 100 ? 1 : 3) * elements)).toEqual([
      front,
      '- With 4 to 64 keys: for-loop.\n' +
        '- With 1,024 keys: below 45 numbers per list: for-loop; above: wasm-simd.',
    ]);
  });

  it('counts a point that was added to one row in that row, and makes no row of it', () => {
    const from = (keys: number) => (keys === 64 ? 400 : 40_000);
    const strategies = simd(({ keys, elements }) =>
      keys === 32 ? 3 * elements : elements + from(keys) * keys,
    );
    const run = { strategies, sweeps: [{ keys: [32, 64, 256], length: [100, 10_000, 1_000_000] }] };
    const rows = (first: string) =>
      '- With 32 keys: for-loop.\n' +
      `- With 64 keys: below ${first} numbers per list: for-loop; above: wasm-simd.\n` +
      '- With 256 keys: below 100k numbers per list: for-loop; above: wasm-simd.';
    expect(wordsOf(run)[1]).toBe(rows('1k'));
    const added = [
      { keys: 64, length: 250 },
      { keys: 64, length: 600 },
    ];
    expect(wordsOf({ ...run, added })[1]).toBe(rows('390'));
  });
});

/** Sending costs 60 ns a number and 20 µs a call; two workers halve 2 ns per step. */
const work = ({ point, elements }: Shape) => 2 * Number(point.steps) * elements;
const pool = (callNs: number, numberNs: number): StrategyModel[] => [
  { label: 'for-loop', family: 'serial', compute: work },
  {
    label: 'worker-threads',
    family: 'threads',
    compute: (shape) => work(shape) / 2,
    run: (shape) => callNs + numberNs * shape.elements + work(shape) / 2,
  },
];

describe('a map of work × length', () => {
  const sweeps = [{ keys: [16], length: [10, 100, 1_000, 10_000], steps: [1, 16, 256] }];

  it('is told by the steps in all where they decide', () => {
    expect(wordsOf({ strategies: pool(20_000, 0), sweeps })).toEqual([
      'Below 20k steps in all: for-loop; above: worker-threads.',
    ]);
  });

  it('is told for each amount of work where sending costs by the number', () => {
    expect(wordsOf({ strategies: pool(200_000, 60), sweeps })).toEqual([
      'The steps in all do not decide by themselves here: how many numbers they are spread over does, too.',
      '- With 1 to 16 steps per number: for-loop.\n' +
        '- With 256 steps per number: below 32 numbers per list: for-loop; above: worker-threads.',
    ]);
  });
});

it('tells a map over an option that it does not know row by row, and at most six rows', () => {
  const depth = [1, 2, 4, 8, 16, 32, 64, 128];
  const strategies = simd(({ point, elements }) => 40 * Number(point.depth) ** 2 + elements);
  const [words] = wordsOf({
    strategies,
    sweeps: [{ keys: [1], length: [20, 80, 320, 1_280, 5_120, 20_480, 81_920, 327_680], depth }],
  });
  const lines = words.split('\n');
  expect(lines[0]).toMatch(/^- With .*: below .*: (for-loop|wasm-simd); above: (for-loop|wasm-simd)\.$/);
  expect(lines).toHaveLength(7);
  expect(lines[6]).toBe('- For the rest see the table above.');
});

it('does not list all that may win where most of them may', () => {
  const alike = ['typed-array', 'wasm-simd', 'other-simd'].map((label) => ({ ...simd(() => 0)[1], label }));
  const strategies = [simd(() => 0)[0], ...alike].map((one) => ({ ...one, compute: () => 5_000 }));
  expect(wordsOf({ strategies, sweeps, noise: { cell: 0.3 } })).toEqual([
    'At every point here: undecided, see the table.',
  ]);
});

it('says nothing of a line, which has crossovers', () => {
  expect(wordsOf({ strategies: simd(() => 1), sweeps: [{ keys: [8], length: [10, 100] }] })).toEqual([]);
});
