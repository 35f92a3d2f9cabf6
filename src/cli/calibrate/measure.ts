import { realClock } from '../../measure/executor.js';
import { measure } from '../../measure/measure.js';
import { processExecutor } from '../../measure/process-executor.js';
import { everyRound } from '../../planner/rounds.js';
import type { JournalLine, Results } from '../../results/format.js';
import type { BenchOptions } from '../bench-options.js';
import { Progress } from '../progress.js';
import { onPlan } from './on-plan.js';

/** Measures the scenario `calibration`, or another kernel in its way; no file is kept. Undefined where it was interrupted. */
export async function measureNow(changes: Partial<BenchOptions> = {}): Promise<Results | undefined> {
  return onPlan('calibration', changes, async (plan, signal) => {
    const lines: JournalLine[] = [];
    const progress = new Progress(plan);
    const { records } = await measure(plan, {
      executor: processExecutor({ nodeArgs: [] }),
      clock: realClock,
      planner: everyRound(),
      journal: { path: '', append: (line) => lines.push(line), close: () => {} },
      signal,
      onEvent: (event) => progress.show(event),
    });
    return { header: plan.header, records, notes: [] };
  });
}
