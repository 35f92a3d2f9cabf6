import type { Dictionary } from '../../contract/dictionary.js';
import type { Placed, StagedSession } from '../../contract/strategy.js';
import { isThenable, nowNs } from './clock.js';

export interface StageTimes {
  readonly place: number;
  readonly compute: number;
  readonly collect: number;
  readonly release: number;
}

/** One way through the stages, one after another, each timed. */
export async function runStages(
  session: StagedSession,
  input: Dictionary,
): Promise<{ answer: Dictionary; times: StageTimes }> {
  const t0 = nowNs();
  const placing = session.place(input);
  const placed: Placed = isThenable(placing) ? await placing : placing;
  const t1 = nowNs();
  const computing = placed.compute();
  if (isThenable(computing)) await computing;
  const t2 = nowNs();
  const collecting = placed.collect();
  const answer = isThenable(collecting) ? await collecting : collecting;
  const t3 = nowNs();
  const releasing = placed.release?.();
  if (isThenable(releasing)) await releasing;
  const t4 = nowNs();
  return { answer, times: { place: t1 - t0, compute: t2 - t1, collect: t3 - t2, release: t4 - t3 } };
}
