import { crossoversOf } from '../../src/analysis/crossover.js';
import { linesOf } from '../../src/analysis/line.js';
import { tableOf } from '../../src/analysis/table.js';
import type { CrossoverAnalysis } from '../../src/analysis/types.js';
import type { Planner } from '../../src/measure/measure.js';
import { budgetPlanner } from '../../src/measure/planner/budget.js';
import { everyRound } from '../../src/measure/planner/rounds.js';
import type { Results } from '../../src/results/format.js';
import type { Disturbance } from '../../test/support/simulated/disturbance.js';
import { simulate } from '../../test/support/simulated/run.js';
import type { Cost, StrategyModel, SyntheticRun } from '../../test/support/synthetic.js';

/** A strategy whose warm time is `timeNs`; its first session costs nothing besides, so that accounts agree. */
export function strategy(label: string, family: StrategyModel['family'], timeNs: Cost): StrategyModel {
  return { label, family, importNs: 0, compute: timeNs };
}

/** Start-up plus slope, per key. */
export function affine(startNs: number, perKeyNs: number): Cost {
  return ({ keys }) => startNs + perKeyNs * keys;
}

/** Powers of two from `from` to `to`. */
export function doubling(from: number, to: number): number[] {
  return Array.from({ length: Math.round(Math.log2(to / from)) + 1 }, (_, i) => from * 2 ** i);
}

/** A planner whose list of what is left, which only a progress line asks for, costs nothing. */
export function withoutProgress(planner: Planner): Planner {
  return { next: (state) => planner.next(state), left: () => [] };
}

/** The whole pipeline in simulated time: plan, shuffled rounds, journal, results; without a planner the one that its budget asks for. */
export function sweep(
  run: SyntheticRun,
  disturbance: Disturbance,
  planner: Planner = plannerFor(run),
): Promise<Results> {
  return simulate({ run, disturbance, planner: withoutProgress(planner) });
}

function plannerFor({ budgetMs }: SyntheticRun): Planner {
  return budgetMs === undefined ? everyRound() : budgetPlanner({ budgetMs });
}

/** The warm account's lines, by the functions that `analyse` calls, and nothing else of it: it is asked often. */
export function warmLines(results: Results, draws = 1_000): CrossoverAnalysis[] {
  const table = tableOf(results, draws);
  return crossoversOf(table, 'warm', linesOf(table));
}
