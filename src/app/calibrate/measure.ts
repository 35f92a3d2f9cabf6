import { withMemoryPrices } from '../../measure/machine/fresh-memory.js';
import type { Planner } from '../../measure/measure.js';
import type { CellOrder } from '../../measure/order.js';
import { type Plan, withOrders } from '../../measure/plan.js';
import { everyRound } from '../../measure/planner/rounds.js';
import type { Results } from '../../results/format.js';
import type { Caller } from '../caller.js';
import { hostOfCells } from '../plan/host.js';
import { type BenchOptions, plainBench } from '../plan/options.js';
import { type Preparation, prepare } from '../plan/prepare.js';
import { measureUnkept } from '../run.js';
import { withTemporaryFolder } from '../temporary-folder.js';

/** What is otherwise than with `calibrate`. */
interface Measuring extends Known {
  readonly orders?: Partial<CellOrder>;
  readonly planner?: Planner;
}

/** Measures the scenario `calibration`, or another kernel in its way; no file is kept. Undefined where it was interrupted. */
export function measureNow(
  caller: Caller,
  changes: Partial<BenchOptions> = {},
  { orders = {}, planner = everyRound(), ...known }: Measuring = {},
): Promise<Results | undefined> {
  return onPlan(
    caller,
    'calibration',
    changes,
    (plan) => measureUnkept(withOrders(plan, orders), { planner, caller }),
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
  caller: Caller,
  scenario: string,
  changes: Partial<BenchOptions>,
  measured: (plan: Plan) => Promise<T>,
  known: Known = {},
): Promise<T | undefined> {
  const asked = { ...options, ...changes };
  return withTemporaryFolder(async (folder) => {
    const host = withMemoryPrices(hostOfCells(asked));
    const plan = await prepare(scenario, asked, {
      now: new Date(),
      host,
      folder,
      note: caller.note,
      ...known,
    });
    caller.beginMeasuring();
    const result = await measured(plan);
    caller.endMeasuring();
    return caller.signal.aborted ? undefined : result;
  });
}
