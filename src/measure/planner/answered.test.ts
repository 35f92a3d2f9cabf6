import { describe, expect, it } from 'vitest';
import { simulatedClock } from '../../../test/support/simulated/clock.js';
import type { Disturbance } from '../../../test/support/simulated/disturbance.js';
import { simulatedExecutor } from '../../../test/support/simulated/executor.js';
import { simulatedPlan } from '../../../test/support/simulated/plan.js';
import { memoryJournal, simulate } from '../../../test/support/simulated/run.js';
import type { StrategyModel } from '../../../test/support/synthetic.js';
import { analyse } from '../../analysis/analyse.js';
import type { CellRecord, Results } from '../../results/format.js';
import { type EarlierLine, measure } from '../measure.js';
import { budgetPlanner } from './budget.js';
import { openFields } from './fields.js';
import { mostRoundsUntilAnswered } from './rules.js';

const budgetMs = 600_000;

const model = (label: string, family: StrategyModel['family'], keyNs: number): StrategyModel => ({
  label,
  family,
  importNs: 0,
  compute: ({ keys }) => keyNs * keys,
});

const loop = model('for-loop', 'serial', 100_000);
const sweeps = [{ keys: [8, 16, 32] }];

function runOf(strategies: readonly StrategyModel[], seed = 1, most = budgetMs) {
  return { strategies, sweeps, seed, budgetMs: most, until: 'answered' as const };
}

function measured(
  strategies: readonly StrategyModel[],
  disturbance: Disturbance,
  { seed = 1, most = budgetMs } = {},
): Promise<Results> {
  const planner = budgetPlanner({ budgetMs: most, until: 'answered' });
  return simulate({ run: runOf(strategies, seed, most), disturbance, planner });
}

/** The most rounds that a cell of a strategy has. */
function roundsOf({ header, records }: Results, label: string): number {
  const own = header.cells.filter(({ strategy }) => strategy === label).map(({ id }) => id);
  return Math.max(...own.map((id) => records.filter(({ cell }) => cell === id).length));
}

describe('a run that stops where it is answered', () => {
  it('has four rounds of what may be the best, and two of what is many times slower', async () => {
    const strategies = [
      loop,
      model('wasm-simd', 'vectorized', 70_000),
      model('worker-threads', 'threads', 900_000),
    ];
    const results = await measured(strategies, { process: 0.005 });
    expect(roundsOf(results, 'for-loop')).toBe(4);
    expect(roundsOf(results, 'wasm-simd')).toBe(4);
    expect(roundsOf(results, 'worker-threads')).toBe(2);
    expect(results.end?.because.join(' ')).toContain('Every question of this run is settled.');
  });

  it('names the side of every field then, and what taking the named one costs at most', async () => {
    const strategies = [loop, model('worker-threads', 'threads', 60_000)];
    const analysis = analyse(await measured(strategies, { process: 0.02 }), { draws: 50 });
    expect(openFields(analysis)).toEqual([]);
    for (const { points } of analysis.accounts) {
      for (const { best } of points) {
        if (best === undefined) continue;
        expect(best.side).toBe('pool');
        expect(best.loss).toBeLessThanOrEqual(0.05);
      }
    }
  });

  it('asks for no winner among those on one side that are as good', async () => {
    const strategies = [
      loop,
      model('typed-array', 'vectorized', 100_500),
      model('worker-threads', 'threads', 900_000),
    ];
    const results = await measured(strategies, { process: 0.01 });
    expect(roundsOf(results, 'for-loop')).toBeLessThanOrEqual(9);
    expect(openFields(analyse(results, { draws: 50 }))).toEqual([]);
  });

  it('goes on where the side is open, at a few looks, and never beyond its most rounds', async () => {
    const strategies = [loop, model('worker-threads', 'threads', 96_000)];
    for (const seed of [1, 2, 3]) {
      const results = await measured(strategies, { process: 0.06 }, { seed });
      expect(roundsOf(results, 'for-loop')).toBeLessThanOrEqual(mostRoundsUntilAnswered);
    }
  });

  it('ends at its budget, and says what is open', async () => {
    const strategies = [loop, model('worker-threads', 'threads', 93_000)];
    const whole = await measured(strategies, { process: 0.05 });
    const [longest = 0] = whole.records.map(({ elapsedMs }) => elapsedMs).sort((a, b) => b - a);
    const most = 0.5 * (whole.end?.elapsedMs ?? 0);
    const { end } = await measured(strategies, { process: 0.05 }, { most });
    expect(end?.elapsedMs).toBeLessThanOrEqual(most + longest);
  });

  it('goes on after an interruption as if there had been none', async () => {
    const strategies = [
      loop,
      model('worker-threads', 'threads', 90_000),
      model('wasm-simd', 'vectorized', 97_000),
    ];
    const disturbance = { process: 0.05 };
    const { records } = await measured(strategies, disturbance);
    for (const kept of [5, 20, records.length - 3]) {
      const again = await resumed(strategies, disturbance, records.slice(0, kept));
      expect(again.map(turnOf)).toEqual(records.map(turnOf));
    }
  });
});

function turnOf({ cell, round, only }: CellRecord): string {
  return `${cell} ${round} ${only ?? ''}`;
}

/** The same run, of which so much was measured before. */
async function resumed(
  strategies: readonly StrategyModel[],
  disturbance: Disturbance,
  earlier: readonly EarlierLine[],
): Promise<readonly CellRecord[]> {
  const clock = simulatedClock();
  const plan = await simulatedPlan(runOf(strategies));
  const { records } = await measure(plan, {
    executor: simulatedExecutor({ models: strategies, disturbance, clock, seed: 1 }),
    clock,
    planner: budgetPlanner({ budgetMs, until: 'answered' }),
    journal: memoryJournal(),
    signal: new AbortController().signal,
    earlier,
    onEvent: () => {},
  });
  return records;
}
