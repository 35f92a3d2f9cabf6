import { measure, type Planner, realClock } from '../../measure/measure.js';
import type { CellOrder } from '../../measure/order.js';
import { type Plan, withOrders } from '../../measure/plan.js';
import { processExecutor } from '../../measure/process-executor.js';
import { everyRound } from '../../planner/rounds.js';
import type { JournalLine, Results } from '../../results/format.js';
import type { BenchOptions } from '../bench-options.js';
import { Progress } from '../progress.js';
import { type Known, onPlan } from './on-plan.js';

/** What is otherwise than with `calibrate`. */
export interface Measuring extends Known {
  readonly orders?: Partial<CellOrder>;
  readonly planner?: Planner;
}

/** Measures the scenario `calibration`, or another kernel in its way; no file is kept. Undefined where it was interrupted. */
export async function measureNow(
  changes: Partial<BenchOptions> = {},
  { orders = {}, planner = everyRound(), ...known }: Measuring = {},
): Promise<Results | undefined> {
  const measured = async (planned: Plan, signal: AbortSignal) => {
    const plan = withOrders(planned, orders);
    const lines: JournalLine[] = [];
    const progress = new Progress(plan);
    await measure(plan, {
      executor: processExecutor({ nodeArgs: [] }),
      clock: realClock,
      planner,
      journal: { path: '', append: (line) => lines.push(line), close: () => {} },
      signal,
      onEvent: (event) => progress.show(event),
    });
    // Whole records: measure itself keeps only what planners need.
    const records = lines.flatMap((line) => (line.type === 'cell' ? [line] : []));
    return { header: plan.header, records, notes: [] };
  };
  return onPlan('calibration', changes, measured, known);
}
