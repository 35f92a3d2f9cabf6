import { dirname } from 'node:path';
import { RunError } from '../contract/errors.js';
import type { Point } from '../contract/scenario.js';
import type { CellsRecord, EndRecord, Outcome, RunHeader } from '../results/format.js';
import type { Journal } from '../results/journal.js';
import { type CellRecord, mapSamples, withClockDigits } from '../results/record.js';
import type { MachineWatch } from './machine/watch.js';
import type { CellOrder } from './order.js';
import type { Plan } from './plan.js';

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

interface MeasureOptions {
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

/** A line of the journal of a run that is resumed; its earlier ends say nothing any more. */
export type EarlierLine = CellRecord | CellsRecord | EndRecord;

/** What a resumed run did before, in order, to be gone through again. */
export class Past {
  private readonly lines: readonly (CellRecord | CellsRecord)[];
  private at = 0;

  constructor(lines: readonly EarlierLine[]) {
    this.lines = lines.filter((line) => line.type !== 'end');
  }

  get isOver(): boolean {
    return this.at >= this.lines.length;
  }

  /**
   * The run's own time at this place: when the next record began, or the last one ended. The cell in flight when the
   * run was cut off is measured again, so its lost time is not the run's.
   */
  get nowMs(): number {
    for (let at = this.at; at < this.lines.length; at++) {
      const line = this.lines[at];
      if (line.type === 'cell') return line.startedMs;
    }
    const last = this.lines.findLast((line) => line.type === 'cell');
    return last === undefined ? 0 : last.startedMs + last.elapsedMs;
  }

  /** The next record, if it is of this turn. Undefined where the planner would now decide otherwise. */
  recordOf({ cell, round }: Turn): CellRecord | undefined {
    const line = this.lines[this.at];
    if (line.type !== 'cell' || line.cell !== cell || line.round !== round) return undefined;
    this.at++;
    return line;
  }

  /** Adds the points that were added here before, in the same order, so that their cells have the same ids. */
  async addPoints(plan: Pick<Plan, 'add'>, signal?: AbortSignal): Promise<boolean> {
    const line = this.lines[this.at];
    if (line.type !== 'cells') return false;
    await plan.add(
      line.cells.map(({ point }) => point),
      signal,
    );
    this.at++;
    return true;
  }

  /**
   * All that is left, without asking the planner. Decisions under a budget depend on the time to the millisecond, so
   * that it may decide otherwise than it did; what was measured is kept all the same, and it goes on from there.
   */
  async takeRest(
    plan: Pick<Plan, 'add'>,
    keep: (record: CellRecord) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    while (!this.isOver) {
      const line = this.lines[this.at];
      if (line.type === 'cells') await this.addPoints(plan, signal);
      else {
        keep(line);
        this.at++;
      }
    }
  }
}

/** Enough for means, thirds and two modes of a series; a run of thousands of cells takes a few megabytes. */
const mostSamples = 60;

/**
 * What the driver itself keeps of a record until the run ends, for planners: without traces, and long series as means
 * of neighbouring samples, in order. Everything is in the journal, from which reports are made. A resumed run reads
 * whole records and makes the same lean ones of them, so that planners meet the same figures.
 */
export function leanRecord(record: CellRecord): CellRecord {
  const outcome = mapSamples(record.outcome, blockMeans, (phaseNs) =>
    // Of phases planners ask the mean alone.
    phaseNs.length <= 1 ? phaseNs : [meanOf(phaseNs)],
  );
  if (outcome.status === 'crashed') {
    const { stderrTail: _, ...rest } = outcome;
    return { ...record, outcome: rest };
  }
  if (outcome.status !== 'measured' || outcome.warm === undefined) return { ...record, outcome };
  const { trace: _, ...warm } = outcome.warm;
  return { ...record, outcome: { ...outcome, warm } };
}

function blockMeans(samplesNs: readonly number[]): readonly number[] {
  const { length } = samplesNs;
  if (length <= mostSamples) return samplesNs;
  const startOf = (block: number) => Math.floor((block * length) / mostSamples);
  return Array.from({ length: mostSamples }, (_, block) =>
    meanOf(samplesNs.slice(startOf(block), startOf(block + 1))),
  );
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Measures one cell once. Whatever goes wrong in a cell is its outcome; it rejects only with a RunError, where the data
 * of the run is gone and no cell could go on.
 */
export interface Executor {
  run(order: CellOrder, signal: AbortSignal): Promise<Outcome>;
}

/** The run's own clock: for order, budgets and progress, not for samples. */
export interface Clock {
  nowMs(): number;
}

export const realClock: Clock = { nowMs: () => performance.now() };

/** A cell to measure next. */
export interface Turn {
  readonly cell: string;
  readonly round: number;
  /** Leave out the other accounts: they are settled, and dear. */
  readonly only?: 'resident';
}

/** A cell that is still to come: in that round, or in so many rounds from it on. */
export interface LeftTurn extends Turn {
  readonly times?: number;
}

/** What has been measured so far: all that a planner decides from. */
export interface RunState {
  /** With the cells that were added on the way. */
  readonly header: RunHeader;
  readonly records: readonly CellRecord[];
  readonly elapsedMs: number;
}

export type Step =
  | { readonly kind: 'measure'; readonly turns: readonly Turn[] }
  /** New points of an axis; their cells are part of the state when the planner is asked again. */
  | { readonly kind: 'add points'; readonly points: readonly Point[]; readonly because: string }
  /** The run is over; the sentences go to the report. */
  | { readonly kind: 'stop'; readonly because: readonly string[] };

/** Decides what comes next, whenever the last step is done. Serves measure; asks analysis where it wants to. */
export interface Planner {
  next(state: RunState): Step;
  /** Turns that are still to come, as far as is known: for the time left. Asked before each cell: never as long as the plan. */
  left(state: RunState): readonly LeftTurn[];
}
