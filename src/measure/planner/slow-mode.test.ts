import { describe, expect, it } from 'vitest';
import { simulate } from '../../../test/support/simulated/run.js';
import type { StrategyModel } from '../../../test/support/synthetic.js';
import { analyseAccount } from '../../analysis/account.js';
import { linesOf } from '../../analysis/line.js';
import { tableOf } from '../../analysis/table.js';
import { everyRound } from './rounds.js';

const [share, by] = [0.2, Math.log(1.9)];
const loopNs = 20_000;
const sweeps = [{ keys: [4, 8, 16, 32, 64, 128, 256] }];

const single = (label: string): StrategyModel => ({
  label,
  family: label === 'for-loop' ? 'serial' : 'vectorized',
  importNs: 0,
  compute: ({ keys }) => loopNs * keys,
});

/** As slow as the loop in the mean of its log times: fast by 12 %, and slow by 1.9 in every fifth process. */
const pool: StrategyModel = {
  label: 'worker-threads',
  family: 'threads',
  importNs: 0,
  compute: ({ keys }) => (loopNs * keys) / Math.exp(share * by),
};

async function analyseWarm(strategies: readonly StrategyModel[], seed: number) {
  const byStrategy = {
    ...Object.fromEntries(strategies.map(({ label }) => [label, { process: 0.0075 }])),
    'worker-threads': { process: 0.03, slowMode: { share, by } },
  };
  const run = { strategies, sweeps, rounds: 4, seed };
  const table = tableOf(await simulate({ run, disturbance: { byStrategy }, planner: everyRound() }), 200);
  return analyseAccount(table, 'warm', linesOf(table));
}

const seeds = Array.from({ length: 40 }, (_, i) => i + 1);

describe('a pool with a slow mode per process, four rounds', () => {
  it('is hardly ever named a winner, or a loser, where it is neither', async () => {
    const maps = await Promise.all(seeds.map((seed) => analyseWarm([single('for-loop'), pool], seed)));
    const named = maps.filter(({ points }) => points.some(({ label }) => label.kind === 'winner'));
    expect(named.length).toBeLessThanOrEqual(4);
  });

  it('has intervals of its speed-up over the best of three equal singles that hold the truth', async () => {
    const strategies = [single('for-loop'), single('typed-array'), single('wasm-simd'), pool];
    const maps = await Promise.all(seeds.map((seed) => analyseWarm(strategies, seed)));
    const intervals = maps.flatMap(({ points }) =>
      points.flatMap(
        ({ cells }) => cells.find(({ strategy }) => strategy === pool.label)?.speedUp?.interval ?? [],
      ),
    );
    expect(intervals).toHaveLength(7 * seeds.length);
    const held = intervals.filter(({ low, high }) => low <= 1 && 1 <= high).length / intervals.length;
    expect(held).toBeGreaterThan(0.9);
  });
});
