import { measureUnkept } from '../../app/run.js';
import { withMemoryPrices } from '../../measure/machine/fresh-memory.js';
import type { Planner } from '../../measure/measure.js';
import type { CellOrder } from '../../measure/order.js';
import { type Plan, withOrders } from '../../measure/plan.js';
import { everyRound } from '../../measure/planner/rounds.js';
import type { Results } from '../../results/format.js';
import { type BenchOptions, plainBench } from '../bench-options.js';
import { hostOfCells } from '../cell-processes.js';
import { type Preparation, prepare } from '../prepare.js';
import { Progress } from '../progress.js';
import { interruptibly } from '../temporary-folder.js';
import { note } from '../terminal.js';

/** What is otherwise than with `calibrate`. */
interface Measuring extends Known {
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

const options: BenchOptions = {
  ...plainBench,
  quick: true,
  // The formulas' errors show the noise: more points tell more than more rounds.
  rounds: 1,
  out: '',
  limitMs: 10_000,
  command: ['calibrate'],
};

/** What was found out before, and needs no second look. */
type Known = Partial<Pick<Preparation, 'tried' | 'data' | 'calibration'>>;

/**
 * Plans one quick round of a scenario with such changes, has it measured, and clears away. Undefined where it was
 * interrupted. Throws an InputError as `bench` does.
 */
export async function onPlan<T>(
  scenario: string,
  changes: Partial<BenchOptions>,
  measured: (plan: Plan, signal: AbortSignal) => Promise<T>,
  known: Known = {},
): Promise<T | undefined> {
  const asked = { ...options, ...changes };
  return interruptibly(async (interruption, folder) => {
    const host = withMemoryPrices(hostOfCells(asked));
    const plan = await prepare(scenario, asked, { now: new Date(), host, folder, note, ...known });
    interruption.nowMeasuring();
    const result = await measured(plan, interruption.signal);
    return interruption.signal.aborted ? undefined : result;
  });
}
