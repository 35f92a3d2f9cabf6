import { settledPairs } from '../../src/app/compare/measure-job.js';
import { twinJournal, twinPlan } from '../../src/measure/interleaved/plan.js';
import { measure } from '../../src/measure/measure.js';
import { pairsPlanner } from '../../src/measure/planner/pairs.js';
import type { Results } from '../../src/results/format.js';
import { simulatedClock } from '../../test/support/simulated/clock.js';
import type { Disturbance } from '../../test/support/simulated/disturbance.js';
import { simulatedExecutor } from '../../test/support/simulated/executor.js';
import { simulatedPlan } from '../../test/support/simulated/plan.js';
import { memoryJournal } from '../../test/support/simulated/run.js';
import type { SyntheticRun } from '../../test/support/synthetic.js';
import { withoutProgress } from '../proofs/simulated.js';

/**
 * Two simulated runs measured as one job, by the real plan, planner and journal of `compare --base`; with a time as under
 * `--max-time`: rounds go on where a pair is open.
 */
export async function interleave(
  base: SyntheticRun,
  head: SyntheticRun,
  disturbance: Disturbance,
  maxTimeMs?: number,
): Promise<[Results, Results]> {
  const plans = { base: await simulatedPlan(base), head: await simulatedPlan(head) };
  const twin = twinPlan(plans, 'simulated');
  const clock = simulatedClock();
  const seed = base.seed ?? 1;
  const executors = {
    base: simulatedExecutor({ models: base.strategies, disturbance, clock, seed }),
    head: simulatedExecutor({ models: head.strategies, disturbance, clock, seed }),
  };
  const journals = { base: memoryJournal(), head: memoryJournal() };
  await measure(twin.plan, {
    executor: { run: (order, signal) => executors[twin.sideOf(order.cell)].run(order, signal) },
    clock,
    planner: withoutProgress(
      pairsPlanner(twin.pairs, {
        rounds: base.rounds ?? 8,
        ...(maxTimeMs === undefined ? {} : { maxTimeMs, settled: (state) => settledPairs(twin, state) }),
      }),
    ),
    journal: twinJournal(journals),
    signal: new AbortController().signal,
    onEvent: () => {},
  });
  return [journals.base.results(twin.headers.base), journals.head.results(twin.headers.head)];
}
