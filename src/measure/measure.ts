import type { CellRecord, Outcome } from '../results/format.js';
import type { Journal } from '../results/journal.js';
import type { Clock, Executor } from './executor.js';
import type { Plan } from './plan.js';
import type { Planner, RunState, Turn } from './planner.js';

export type MeasureEvent =
  | {
      readonly type: 'cell starts';
      readonly turn: Turn;
      readonly done: number;
      readonly left: readonly Turn[];
      readonly elapsedMs: number;
    }
  | { readonly type: 'cell done'; readonly record: CellRecord };

export interface MeasureOptions {
  readonly executor: Executor;
  readonly clock: Clock;
  readonly planner: Planner;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  /** What a run that is resumed had measured already. */
  readonly earlier?: { readonly records: readonly CellRecord[]; readonly elapsedMs: number };
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
  const { executor, clock, planner, journal, signal, onEvent, earlier } = options;
  const records: CellRecord[] = [...(earlier?.records ?? [])];
  const gaveUp = new Map<string, string>();
  for (const record of records) rememberFailure(record, gaveUp);
  const beganMs = clock.nowMs() - (earlier?.elapsedMs ?? 0);
  const elapsed = () => clock.nowMs() - beganMs;
  const state = (): RunState => ({ header: plan.header, records, elapsedMs: elapsed() });
  let because: readonly string[] = [];

  while (!signal.aborted) {
    const step = planner.next(state());
    if (step.kind === 'stop') {
      because = step.because;
      break;
    }
    if (step.kind === 'add points') {
      journal.append({ type: 'cells', cells: plan.add(step.points), because: step.because });
      continue;
    }
    for (const turn of step.turns) {
      if (signal.aborted) break;
      const startedMs = elapsed();
      const left = planner.left(state());
      onEvent({ type: 'cell starts', turn, done: records.length, left, elapsedMs: startedMs });
      const outcome = gaveUp.has(turn.cell)
        ? skipped(gaveUp.get(turn.cell))
        : await executor.run({ ...plan.order(turn.cell), round: turn.round }, signal);
      // What was cut off by the interruption was not measured: it leaves no record.
      if (signal.aborted) break;
      const elapsedMs = elapsed() - startedMs;
      const order = records.length;
      const record: CellRecord = { type: 'cell', ...turn, order, startedMs, elapsedMs, outcome };
      journal.append(record);
      records.push(record);
      rememberFailure(record, gaveUp);
      onEvent({ type: 'cell done', record });
    }
  }
  const status = signal.aborted ? 'interrupted' : 'finished';
  journal.append({ type: 'end', status, elapsedMs: elapsed(), because });
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
