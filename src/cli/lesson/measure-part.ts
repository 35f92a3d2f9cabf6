import { measureRun, type OpenRun } from '../../app/run.js';
import { type Measurement, realClock } from '../../measure/measure.js';
import type { Plan } from '../../measure/plan.js';
import { timeCap } from '../../measure/planner/rounds.js';
import { settlingPlanner } from '../../measure/planner/settling.js';
import { Progress } from '../progress.js';

export { openRun } from '../../app/run.js';

/** Measures one part, cell by cell into its journal. No further round begins after `untilMs`. */
export async function measurePart(
  plan: Plan,
  run: OpenRun,
  { untilMs, signal }: { readonly untilMs: number; readonly signal: AbortSignal },
): Promise<Measurement> {
  const progress = new Progress(plan);
  const beganMs = realClock.nowMs();
  const measured = await measureRun(plan, run, {
    planner: timeCap(settlingPlanner(), untilMs),
    signal,
    onEvent: (event) => progress.show(event),
  });
  progress.settle(realClock.nowMs() - beganMs);
  return measured;
}
