import { dirname } from 'node:path';
import { RunError } from '../contract/errors.js';
import type { CellRecord, Outcome } from '../results/format.js';
import type { Journal } from '../results/journal.js';
import { withClockDigits } from '../results/record.js';
import type { Clock, Executor } from './executor.js';
import { leanRecord } from './lean-record.js';
import type { MachineWatch } from './machine/watch.js';
import { type EarlierLine, Past } from './past.js';
import type { Plan } from './plan.js';
import type { LeftTurn, Planner, RunState, Step, Turn } from './planner.js';

export type MeasureEvent =
  | {
      readonly type: 'cell starts';
      readonly turn: Turn;
      readonly done: number;
      readonly left: readonly LeftTurn[];
      readonly elapsedMs: number;
    }
  /** Of a run that is resumed: measured before. */
  | { readonly type: 'cell known'; readonly record: CellRecord }
  | { readonly type: 'cell done'; readonly record: CellRecord };

export interface MeasureOptions {
  readonly executor: Executor;
  readonly clock: Clock;
  readonly planner: Planner;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  /** Looks at the machine between cells; without it records say nothing of the machine. */
  readonly watch?: MachineWatch;
  /** What a run that is resumed had measured and decided already, as it stands in its journal. */
  readonly earlier?: readonly EarlierLine[];
  onEvent(event: MeasureEvent): void;
}

export interface Measurement {
  readonly status: 'finished' | 'interrupted';
  /** Lean ones: without traces, long series shortened. Whole ones are in the journal. */
  readonly records: readonly CellRecord[];
}

/**
 * Carries out a plan: cell after cell as the planner says, each outcome in the journal before the next begins. While
 * a cell runs, this process only waits.
 *
 * A run that is resumed is gone through again from its beginning, with the earlier records in place of measuring: the
 * planner meets the same states as before, so that it goes on in the middle of its step as if nothing had happened.
 */
export async function measure(plan: Plan, options: MeasureOptions): Promise<Measurement> {
  const { executor, clock, planner, journal, signal, watch, onEvent } = options;
  const past = new Past(options.earlier ?? []);
  const records: CellRecord[] = [];
  const gaveUp = new Map<string, string>();
  let beganMs: number | undefined;
  const elapsed = () => {
    if (!past.isOver) return past.nowMs;
    // Going through the past again takes time, which is not the run's.
    beganMs ??= clock.nowMs() - past.nowMs;
    return clock.nowMs() - beganMs;
  };
  const state = (): RunState => ({ header: plan.header, records, elapsedMs: elapsed() });
  const keep = (record: CellRecord) => {
    records.push(leanRecord(record));
    rememberFailure(record, gaveUp);
  };
  const recall = (record: CellRecord) => {
    keep(record);
    onEvent({ type: 'cell known', record });
  };
  const addPoints = async ({ points, because }: Extract<Step, { kind: 'add points' }>) => {
    if (past.isOver) {
      const cells = await plan.add(points, signal);
      journal.append({ type: 'cells', cells, because });
    } else if (!(await past.addPoints(plan, signal))) await past.takeRest(plan, recall, signal);
  };
  let because: readonly string[] = [];

  while (!signal.aborted) {
    const step = planner.next(state());
    if (step.kind === 'stop' && past.isOver) {
      because = step.because;
      break;
    }
    if (step.kind === 'stop') {
      await unlessAborted(past.takeRest(plan, recall, signal), signal);
      continue;
    }
    if (step.kind === 'add points') {
      await unlessAborted(addPoints(step), signal);
      continue;
    }
    for (const turn of step.turns) {
      if (signal.aborted) break;
      if (!past.isOver) {
        const known = past.recordOf(turn);
        if (known === undefined) {
          await unlessAborted(past.takeRest(plan, recall, signal), signal);
          break;
        }
        recall(known);
        continue;
      }
      const startedMs = elapsed();
      const left = planner.left(state());
      onEvent({ type: 'cell starts', turn, done: records.length, left, elapsedMs: startedMs });
      const tried = !gaveUp.has(turn.cell);
      if (tried) watch?.cellStarts();
      const outcome = tried
        ? withClockDigits(await executor.run({ ...plan.order(turn.cell), ...turn }, signal))
        : skipped(gaveUp.get(turn.cell));
      const machine = tried && watch !== undefined ? { machine: watch.cellEnded() } : {};
      // What was cut off by the interruption was not measured: it leaves no record.
      if (signal.aborted) break;
      // Before it is written: what another code has measured is no part of this run.
      checkCode(plan, journal);
      const elapsedMs = elapsed() - startedMs;
      const order = records.length;
      const record: CellRecord = { type: 'cell', ...turn, order, startedMs, elapsedMs, outcome, ...machine };
      journal.append(record);
      keep(record);
      onEvent({ type: 'cell done', record });
    }
  }
  const status = signal.aborted ? 'interrupted' : 'finished';
  journal.append({ type: 'end', status, elapsedMs: elapsed(), because });
  return { status, records };
}

/** Throws a RunError where a file of the code is another one by now: each cell loads it anew. */
function checkCode(plan: Plan, { path, goOn }: Journal): void {
  const change = plan.findChangedCode?.();
  if (change === undefined) return;
  throw new RunError(
    `${change}: the rest would measure other code. What was measured before is kept in ${dirname(path)}. ` +
      `Put the file back and go on${goOn === undefined ? '' : `: ${goOn}`}; or start a new run.`,
  );
}

/** An interruption ends the run as it would anywhere else; it is no error. */
async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await work;
  } catch (cause) {
    if (!signal.aborted) throw cause;
  }
}

/** What hit its limit, crashed or answered wrongly once will not be believed later: its time is for the others. */
function rememberFailure({ cell, outcome }: CellRecord, gaveUp: Map<string, string>): void {
  if (outcome.status === 'measured' || outcome.status === 'skipped') return;
  gaveUp.set(cell, `not tried again: in an earlier round ${outcome.message}`);
}

function skipped(message = ''): Outcome {
  return { status: 'skipped', message };
}
