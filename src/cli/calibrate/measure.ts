import { measureUnkept } from '../../app/run.js';
import type { Planner } from '../../measure/measure.js';
import type { CellOrder } from '../../measure/order.js';
import { withOrders } from '../../measure/plan.js';
import { everyRound } from '../../planner/rounds.js';
import type { Results } from '../../results/format.js';
import type { BenchOptions } from '../bench-options.js';
import { Progress } from '../progress.js';
import { type Known, onPlan } from './on-plan.js';

/** What is otherwise than with `calibrate`. */
export interface Measuring extends Known {
  readonly orders?: Partial<CellOrder>;
  readonly planner?: Planner;
}

/** Measures the scenario `calibration`, or another kernel in its way; no file is kept. Undefined where it was interrupted. */
export function measureNow(
  changes: Partial<BenchOptions> = {},
  { orders = {}, planner = everyRound(), ...known }: Measuring = {},
): Promise<Results | undefined> {
  return onPlan(
    'calibration',
    changes,
    (planned, signal) => {
      const plan = withOrders(planned, orders);
      const progress = new Progress(plan);
      return measureUnkept(plan, { planner, signal, onEvent: (event) => progress.show(event) });
    },
    known,
  );
}
