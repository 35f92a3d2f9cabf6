import { expect, it } from 'vitest';
import { syntheticResults } from '../../test/support/synthetic.js';
import { analyse } from './analyse.js';
import type { Label, PointAnalysis } from './types.js';
import { amountOf, type WinnerBand, winnerBands } from './winner-bands.js';

const sweeps = [{ keys: [4, 64, 1_024], length: [10, 200, 5_000] }];

function bandsFor(simdNs: (shape: { keys: number; elements: number }) => number) {
  const results = syntheticResults({
    strategies: [
      { label: 'for-loop', family: 'serial', compute: ({ elements }) => 2 * elements },
      { label: 'wasm-simd', family: 'vectorized', compute: simdNs },
    ],
    sweeps,
  });
  const warm = analyse(results, { draws: 100 }).accounts.find(({ account }) => account === 'warm');
  return words(winnerBands(warm?.points ?? [], ['elements']));
}

const words = (bands: readonly WinnerBand[] | undefined) =>
  bands?.map(({ label, from, to }) => [
    label.kind === 'winner' ? label.strategy : label.kind,
    amountOf(from),
    amountOf(to),
  ]);

it('orders a map by size where size decides', () => {
  // Even at 30,000 numbers.
  expect(bandsFor(({ elements }) => 30_000 + elements)).toEqual([
    ['for-loop', 40, 20_000],
    ['wasm-simd', 204_800, 5_120_000],
  ]);
});

it('has no order where the number of keys decides instead', () => {
  expect(bandsFor(({ keys, elements }) => 400 * keys + elements)).toBeUndefined();
});

const pointAt = (steps: number, elements: number, label: Label) =>
  ({ point: { steps }, label, cells: [{ keys: 1, elements }], beside: [] }) as unknown as PointAnalysis;
const won = (strategy: string): Label => ({ kind: 'winner', strategy, lead: { value: 2, rounds: 8 } });
const open = (...strategies: string[]): Label => ({ kind: 'undecided', strategies });

it('orders by a product of quantities, and keeps what it is made of', () => {
  const points = [
    pointAt(100, 10, won('pool')),
    pointAt(2, 300, won('for-loop')),
    pointAt(1, 4, won('for-loop')),
  ];
  expect(winnerBands(points, ['steps', 'elements'])).toMatchObject([
    {
      label: won('for-loop'),
      from: { steps: 1, elements: 4 },
      to: { steps: 2, elements: 300 },
      last: points[1],
    },
    { label: won('pool'), from: { steps: 100, elements: 10 }, to: { steps: 100, elements: 10 } },
  ]);
});

it('takes doubts side by side for one doubt, between all that may win', () => {
  const points = [
    pointAt(1, 10, open('for-loop', 'simd')),
    pointAt(1, 20, open('for-loop', 'pool')),
    pointAt(1, 40, won('pool')),
  ];
  const bands = winnerBands(points, ['elements']);
  expect(words(bands)).toEqual([
    ['undecided', 10, 20],
    ['pool', 40, 40],
  ]);
  expect(bands?.[0].label).toEqual(open('for-loop', 'simd', 'pool'));
});
