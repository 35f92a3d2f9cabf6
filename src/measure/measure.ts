import type { CellRecord, Outcome } from '../results/format.js';
import type { Journal } from '../results/journal.js';
import type { Clock, Executor } from './executor.js';
import type { Plan } from './plan.js';
import type { Planner, Turn } from './planner.js';

export type MeasureEvent =
  | {
      readonly type: 'cell starts';
      readonly turn: Turn;
      readonly done: number;
      readonly left: readonly Turn[];
      readonly elapsedMs: number;
    }
  | { readonly type: 'cell done'; readonly record: CellRecord }
  | { readonly type: 'round done'; readonly round: number };

export interface MeasureOptions {
  readonly executor: Executor;
  readonly clock: Clock;
  readonly planner: Planner;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  onEvent(event: MeasureEvent): void;
}

export interface Measurement {
  readonly status: 'finished' | 'interrupted';
  readonly records: readonly CellRecord[];
}

/**
 * Carries out a plan: cell after cell as the planner says, each outcome in the journal before the next begins. While
 * a cell runs, this process only waits.
 */
export async function measure(plan: Plan, options: MeasureOptions): Promise<Measurement> {
  const { executor, clock, planner, journal, signal, onEvent } = options;
  const records: CellRecord[] = [];
  const gaveUp = new Map<string, string>();
  const beganMs = clock.nowMs();
  const elapsed = () => clock.nowMs() - beganMs;

  for (
    let batch = planner.next(records);
    batch !== undefined && !signal.aborted;
    batch = planner.next(records)
  ) {
    for (const turn of batch) {
      if (signal.aborted) break;
      const startedMs = elapsed();
      onEvent({
        type: 'cell starts',
        turn,
        done: records.length,
        left: planner.left(records),
        elapsedMs: startedMs,
      });
      const outcome = gaveUp.has(turn.cell)
        ? skipped(gaveUp.get(turn.cell))
        : await executor.run(plan.order(turn.cell), signal);
      // What was cut off by the interruption was not measured: it leaves no record.
      if (signal.aborted) break;
      const elapsedMs = elapsed() - startedMs;
      const record: CellRecord = {
        type: 'cell',
        ...turn,
        order: records.length,
        startedMs,
        elapsedMs,
        outcome,
      };
      journal.append(record);
      records.push(record);
      rememberFailure(record, gaveUp);
      onEvent({ type: 'cell done', record });
    }
    const last = batch.at(-1);
    if (last !== undefined && !signal.aborted) onEvent({ type: 'round done', round: last.round });
  }
  const status = signal.aborted ? 'interrupted' : 'finished';
  journal.append({ type: 'end', status, elapsedMs: elapsed() });
  return { status, records };
}

/** What hit its limit, crashed or answered wrongly once will not be believed later: its time is for the others. */
function rememberFailure({ cell, outcome }: CellRecord, gaveUp: Map<string, string>): void {
  if (outcome.status === 'measured' || outcome.status === 'skipped') return;
  gaveUp.set(cell, `not tried again: in an earlier round ${outcome.message}`);
}

function skipped(message = ''): Outcome {
  return { status: 'skipped', message };
}
