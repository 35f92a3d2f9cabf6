import { expect, it } from 'vitest';
import { syntheticResults } from '../results/synthetic.js';
import { analyse } from './analyse.js';
import { winnerBands } from './winner-bands.js';

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
  return winnerBands(warm?.points ?? [])?.map(({ label, from, to }) => [
    label.kind === 'winner' ? label.strategy : label.kind,
    from,
    to,
  ]);
}

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
