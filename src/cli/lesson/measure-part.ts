import { machineWatch } from '../../measure/machine/watch.js';
import { type EarlierLine, type Measurement, measure, realClock } from '../../measure/measure.js';
import type { Plan } from '../../measure/plan.js';
import { processExecutor } from '../../measure/process-executor.js';
import { timeCap } from '../../planner/rounds.js';
import { settlingPlanner } from '../../planner/settling.js';
import type { Journal } from '../../results/journal.js';
import { Progress } from '../progress.js';

export interface OpenPart {
  readonly journal: Journal;
  /** What it had measured before it was cut off. */
  readonly earlier?: readonly EarlierLine[];
  /** No further round begins after so much time. */
  readonly untilMs: number;
  readonly signal: AbortSignal;
}

/** Measures one part, cell by cell into its journal. */
export async function measurePart(
  plan: Plan,
  { journal, earlier, untilMs, signal }: OpenPart,
): Promise<Measurement> {
  const progress = new Progress(plan);
  const beganMs = realClock.nowMs();
  try {
    const measured = await measure(plan, {
      executor: processExecutor({ nodeArgs: [] }),
      clock: realClock,
      planner: timeCap(settlingPlanner(), untilMs),
      journal,
      signal,
      watch: machineWatch(),
      ...(earlier === undefined ? {} : { earlier }),
      onEvent: (event) => progress.show(event),
    });
    progress.settle(realClock.nowMs() - beganMs);
    return measured;
  } finally {
    journal.close();
  }
}
