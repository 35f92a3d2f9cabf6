import { describe, expect, it } from 'vitest';
import { simulatedClock } from '../../../test/support/simulated/clock.js';
import { simulatedExecutor } from '../../../test/support/simulated/executor.js';
import { simulatedPlan } from '../../../test/support/simulated/plan.js';
import { simulate } from '../../../test/support/simulated/run.js';
import type { StrategyModel, SyntheticRun } from '../../../test/support/synthetic.js';
import { analyse } from '../../analysis/analyse.js';
import { reportFiles } from '../../app/report/verdict.js';
import type { JournalLine } from '../../results/format.js';
import { measure, type Planner } from '../measure.js';
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
/** So much that a budget has stints to spend. */
const noisy = { process: 0.1 };
const noCharts = () => {
  throw new Error('no drawing here');
};

/** The lines of a whole run; with `earlier` one that was cut off after these and gone on with. */
async function linesOf(plannerOf: () => Planner, earlier: readonly JournalLine[] = []) {
  const kept = earlier.flatMap((line) => (line.type === 'run' || line.type === 'end' ? [] : [line]));
  const clock = simulatedClock(
    kept.reduce((sum, line) => sum + (line.type === 'cell' ? line.elapsedMs : 0), 0),
  );
  const lines: JournalLine[] = [...kept];
  await measure(await simulatedPlan(run), {
    executor: simulatedExecutor({ models: run.strategies, disturbance: noisy, clock, seed: run.seed }),
    clock,
    planner: plannerOf(),
    journal: { path: '', append: (line) => lines.push(line), close: () => {} },
    signal: new AbortController().signal,
    earlier: kept,
    onEvent: () => {},
  });
  return lines;
}

describe('the whole pipeline in simulated time', () => {
  it('ends in a verdict that names the crossover', async () => {
    const results = await simulate({ run, disturbance, planner: settlingPlanner() });
    const { files } = reportFiles(analyse(results, { draws: 200 }), noCharts);
    const [verdict] = files.flatMap((file) => ('text' in file ? [file.text] : []));
    expect(verdict).toContain('worker-threads');
    expect(verdict).toContain('measured in fewer rounds');
  });

  it.each([
    ['rounds', settlingPlanner],
    ['a budget', () => budgetPlanner({ budgetMs: 200_000, mostRounds: 12 })],
  ] as const)(
    'planned by %s goes on after an interruption as an unbroken run would have',
    async (_, planner) => {
      const unbroken = await linesOf(planner);
      expect(unbroken.length).toBeGreaterThan(50);
      // In the pilot, among the basic rounds, and in the middle of stints. `npm run proof:resume` has many more.
      for (const share of [0.05, 0.4, 0.8])
        expect(await linesOf(planner, unbroken.slice(0, share * unbroken.length))).toEqual(unbroken);
    },
  );

  it('never overruns a budget by more than 10 % and a cell', async () => {
    for (let seed = 1; seed <= 2; seed++) {
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
    for (let seed = 1; seed <= 2; seed++) {
      const planner = budgetPlanner({ budgetMs: 120_000 });
      const results = await simulate({ run: { ...run, seed }, disturbance, planner });
      const warm = analyse(results, { draws: 400 }).accounts.find(({ account }) => account === 'warm');
      const [crossover] = warm?.crossovers.flatMap(({ crossovers }) => crossovers) ?? [];
      expect(crossover.bracketOnly).toBe(false);
      expect(Math.abs(crossover.at / 90 - 1)).toBeLessThan(0.15);
    }
  });
});
