import { describe, expect, it } from 'vitest';
import { type Cost, type StrategyModel, syntheticResults } from '../../test/support/synthetic.js';
import type { Results } from '../results/format.js';
import { compare } from './compare.js';
import { plainLimits } from './limits.js';

const rounds = 8;
const times =
  (factor: number): Cost =>
  ({ keys }) =>
    factor * 2e5 * keys;
const loop: StrategyModel = { label: 'for-loop', family: 'serial', compute: times(1) };
const packed: StrategyModel = { ...loop, label: 'typed-array', family: 'vectorized' };
const pool: StrategyModel = { ...loop, label: 'worker-threads', family: 'threads' };

/** Loops vary by 0.5 %, the pool by `noise`. */
function run(seed: number, noise: number, slower = 1): Results {
  const strategies = [loop, packed, { ...pool, compute: times(slower) }];
  const quiet = syntheticResults({
    strategies,
    sweeps: [{ keys: [4, 64] }],
    seed,
    rounds,
    noise: { cell: 0.005 },
  });
  const noisy = syntheticResults({
    strategies,
    sweeps: [{ keys: [4, 64] }],
    seed,
    rounds,
    noise: { cell: noise },
  });
  const pools = new Set(
    quiet.header.cells.filter((cell) => cell.strategy === pool.label).map(({ id }) => id),
  );
  const records = quiet.records.map((record, i) => (pools.has(record.cell) ? noisy.records[i] : record));
  return { ...quiet, records, header: { ...quiet.header, seed: 1 } };
}

function compared(seed: number, noise: number, slower?: number) {
  return compare(
    { name: 'base', runs: [run(2 * seed, noise)] },
    { name: 'head', runs: [run(2 * seed + 1, noise, slower)] },
    { limits: plainLimits(), draws: 10 },
  );
}

describe('the power of the gate', () => {
  it('is told by family: loops are seen, noisy pools mostly not', () => {
    const { power } = compared(1, 0.2);
    expect(power).toMatchObject({ slower: 0.15 });
    expect(power?.oneThread).toBeGreaterThan(0.99);
    expect(power?.pool).toBeLessThan(0.5);
  });

  it('is about how often such a strategy is red', () => {
    const seeds = Array.from({ length: 120 }, (_, seed) => seed + 1);
    const told = seeds.map((seed) => compared(seed, 0.06).power?.pool ?? Number.NaN);
    const found = seeds.filter((seed) =>
      compared(seed, 0.06, 1.15).rows.some(
        ({ red, strategy, point, quantity }) =>
          red && strategy === pool.label && point === undefined && quantity === 'time',
      ),
    );
    const mean = told.reduce((sum, one) => sum + one, 0) / told.length;
    expect(found.length / seeds.length).toBeGreaterThan(0.1);
    expect(Math.abs(mean - found.length / seeds.length)).toBeLessThan(0.2);
  });
});
