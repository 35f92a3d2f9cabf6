import { realClock } from '../../measure/executor.js';
import { measure } from '../../measure/measure.js';
import type { CellOrder } from '../../measure/order.js';
import type { Planner } from '../../measure/planner.js';
import { processExecutor } from '../../measure/process-executor.js';
import { withOrders } from '../../measure/with-orders.js';
import { everyRound } from '../../planner/rounds.js';
import type { JournalLine, Results } from '../../results/format.js';
import type { BenchOptions } from '../bench-options.js';
import { hostOfCells } from '../cell-processes.js';
import { listenForInterruption } from '../interruption.js';
import { type Preparation, prepare } from '../prepare.js';
import { Progress } from '../progress.js';
import { temporaryFolder } from '../temporary-folder.js';
import { note } from '../terminal-lines.js';

const options: BenchOptions = {
  quick: true,
  // The formulas' errors show the noise: more points tell more than more rounds.
  rounds: 1,
  seed: 1,
  nodeArgs: [],
  out: '',
  dryRun: false,
  strict: false,
  limitMs: 10_000,
  axes: {},
  command: ['calibrate'],
};

/** What is otherwise than with `calibrate`. */
export interface Measuring extends Partial<Pick<Preparation, 'tried' | 'data' | 'calibration'>> {
  readonly orders?: Partial<CellOrder>;
  readonly planner?: Planner;
}

/** Measures the scenario `calibration`, or another kernel in its way; no file is kept. Undefined where it was interrupted. */
export async function measureNow(
  changes: Partial<BenchOptions> = {},
  { orders = {}, planner = everyRound(), ...known }: Measuring = {},
): Promise<Results | undefined> {
  const asked = { ...options, ...changes };
  const interruption = listenForInterruption();
  const folder = temporaryFolder();
  try {
    const host = hostOfCells(asked);
    const at = { now: new Date(), host, folder, note, ...known };
    const plan = withOrders(await prepare('calibration', asked, at), orders);
    const lines: JournalLine[] = [];
    const progress = new Progress(plan);
    interruption.nowMeasuring();
    const { status, records } = await measure(plan, {
      executor: processExecutor({ nodeArgs: [] }),
      clock: realClock,
      planner,
      journal: { path: '', append: (line) => lines.push(line), close: () => {} },
      signal: interruption.signal,
      onEvent: (event) => progress.show(event),
    });
    return status === 'finished' ? { header: plan.header, records, notes: [] } : undefined;
  } finally {
    interruption.dispose();
    folder.remove();
  }
}
