import { describe, expect, it } from 'vitest';
import { analyse } from '../analysis/analyse.js';
import { measure } from '../measure/measure.js';
import { simulatedClock } from '../measure/simulated/clock.js';
import { simulatedExecutor } from '../measure/simulated/executor.js';
import { simulatedPlan } from '../measure/simulated/plan.js';
import { simulate } from '../measure/simulated/run.js';
import { reportFiles } from '../report/report.js';
import type { CellRecord, JournalLine } from '../results/format.js';
import type { StrategyModel, SyntheticRun } from '../results/synthetic.js';
import { budgetPlanner } from './budget.js';
import { settlingPlanner } from './settling.js';

const strategy = (
  label: string,
  family: StrategyModel['family'],
  compute: StrategyModel['compute'],
): StrategyModel => ({ label, family, importNs: 0, compute });

const run: SyntheticRun & { readonly seed: number } = {
  strategies: [
    strategy('for-loop', 'serial', ({ keys }) => 200_000 * keys),
    strategy('worker-threads', 'threads', ({ keys }) => 9_000_000 + 100_000 * keys),
    strategy('child-process', 'processes', ({ keys }) => 60_000_000 + 400_000 * keys),
  ],
  sweeps: [{ keys: [8, 64, 512] }],
  rounds: 8,
  seed: 5,
};
const disturbance = { process: 0.03 };
const noCharts = () => {
  throw new Error('no drawing here');
};

/** The settling planner's run, cut off after so many records and gone on with, where that is asked. */
async function records(cutAfter = Number.POSITIVE_INFINITY): Promise<readonly CellRecord[]> {
  const part = async (earlier: readonly CellRecord[], most: number) => {
    const elapsedMs = earlier.reduce((sum, record) => sum + record.elapsedMs, 0);
    const clock = simulatedClock(elapsedMs);
    const stop = new AbortController();
    const journal = { path: '', append: (_: JournalLine) => {}, close: () => {} };
    let done = 0;
    const measured = await measure(simulatedPlan(run), {
      executor: simulatedExecutor({ models: run.strategies, disturbance, clock, seed: run.seed }),
      clock,
      planner: settlingPlanner(),
      journal,
      signal: stop.signal,
      earlier,
      onEvent: ({ type }) => {
        if (type === 'cell done' && ++done >= most) stop.abort();
      },
    });
    return measured.records;
  };
  const first = await part([], cutAfter);
  return cutAfter === Number.POSITIVE_INFINITY ? first : part(first, Number.POSITIVE_INFINITY);
}

describe('the whole pipeline in simulated time', () => {
  it('ends in a verdict that names the crossover', async () => {
    const results = await simulate({ run, disturbance, planner: settlingPlanner() });
    const { files } = reportFiles(analyse(results, { draws: 200 }), noCharts);
    const [verdict] = files.flatMap((file) => ('text' in file ? [file.text] : []));
    expect(verdict).toContain('worker-threads');
    expect(verdict).toContain('measured in fewer rounds');
  });

  it('goes on after an interruption with the cells that an unbroken run would have measured', async () => {
    const unbroken = await records();
    const outcomes = (all: readonly CellRecord[]) =>
      all.map(({ cell, round, outcome }) => ({ cell, round, outcome }));
    for (const cutAfter of [1, 10, 37, 41]) {
      expect(outcomes(await records(cutAfter))).toEqual(outcomes(unbroken));
    }
  });

  it('never overruns a budget by more than 10 % and a cell', async () => {
    for (let seed = 1; seed <= 8; seed++) {
      for (const budgetMs of [2_000, 12_000, 40_000]) {
        const planner = budgetPlanner({ budgetMs });
        const { records: all, end } = await simulate({ run: { ...run, seed }, disturbance, planner });
        const cellMs = Math.max(...all.map(({ elapsedMs }) => elapsedMs));
        expect(end?.elapsedMs).toBeLessThan(1.1 * budgetMs + cellMs);
        expect(end?.because.length).toBeGreaterThan(0);
      }
    }
  });

  it('finds with a budget, from a coarse grid, a crossover that lies far between its points', async () => {
    for (let seed = 1; seed <= 5; seed++) {
      const planner = budgetPlanner({ budgetMs: 120_000 });
      const results = await simulate({ run: { ...run, seed }, disturbance, planner });
      const warm = analyse(results, { draws: 400 }).accounts.find(({ account }) => account === 'warm');
      const [crossover] = warm?.crossovers.flatMap(({ crossovers }) => crossovers) ?? [];
      expect(crossover.bracketOnly).toBe(false);
      expect(Math.abs(crossover.at / 90 - 1)).toBeLessThan(0.15);
    }
  });
});
