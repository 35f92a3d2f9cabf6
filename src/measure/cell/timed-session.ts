import type { Dictionary } from '../../contract/dictionary.js';
import type { ClockRecord } from '../../contract/program.js';
import type { Placed, Session } from '../../contract/strategy.js';
import type { OneShotRecord, WarmRecord } from '../../results/format.js';
import type { CellOrder } from '../order.js';
import type { Freshener, Inputs } from './input.js';
import type { Verifier } from './verify.js';

/** What a cell is measured with, whoever computes. */
export interface CellParts {
  readonly order: CellOrder;
  readonly input: Dictionary;
  /** The input, and copies of it, by turns. */
  readonly inputs: Inputs;
  readonly freshener: Freshener;
  readonly verifier: Verifier;
  readonly signal: AbortSignal;
}

/** Once through the stages, ns each. */
export interface StageTimes {
  readonly place: number;
  readonly compute: number;
  readonly collect: number;
  readonly release: number;
}

/**
 * Who is measured: a strategy whose data is in this process, by this process's clock, or one whose data is in a program,
 * by that program's. A cell's life is the same for both.
 */
export interface Subject {
  /** Until here nothing is on anybody's account: the data is where it starts. Returns the bytes that are held then. */
  prepare(): Promise<number>;
  /** The one-shot account: a complete first session. Its answer is kept by the verifier. */
  first(): Promise<OneShotRecord>;
  /** A session that stays open. Without `first`, what it needs is imported here. */
  open(): Promise<TimedSession>;
  /** However the cell ends; a second time it does nothing. */
  end(): Promise<void>;
}

/** A session that is measured. All times are ns by the clock that counts. */
export interface TimedSession {
  /** Whether it has the whole way in one call, and stages. At least one of them. */
  readonly runs: boolean;
  readonly stages: boolean;
  /** Why there is no resident account, where it has no stages. */
  readonly withoutPlace: string;
  /** Stages are never timed in batches: the clock around each is somebody else's. */
  readonly isForeign: boolean;
  /** A series begins: its first call gets the data that `change` changes. */
  begin?(): void;
  /** Untimed, and not before timed calls: the data becomes other data, or the user's own again. */
  change(changed: boolean): void | Promise<void>;
  /** `passes` calls of the whole way in a row, each with the next of the inputs; the time is of all. */
  run(passes: number): Promise<number>;
  /** Once through the stages, one after another. */
  throughStages(): Promise<StageTimes>;
  /** The answer of the last `run` or `throughStages`; looked at again, it is what is found in its place. */
  answer(): Dictionary | undefined | Promise<Dictionary | undefined>;
  /** A call with the user's own data, or what it was changed to, whose answer is handed out. The last one's stays. */
  onceMore(way: 'run' | 'stages'): Promise<Dictionary | undefined>;
  /** Lets go of answers. */
  drop(): void | Promise<void>;
  /** The user's own data where it is computed; `timed` takes the time of so many passes. */
  place(): Promise<{ readonly placed: Placed; timed(passes: number): Promise<number> }>;
  /** Only where the clock is somebody else's: what it says of calls since, mean per call. */
  takeUsage?(): { readonly cpuNs: number; readonly gcNs: number };
  /** Only where the event loop is ours: calls that are expected to take so long, watched for how long it stands still. */
  watch?(guessNs: number): Watched;
  /** The longest time in some short calls during which the event loop stood still. Only where it is ours. */
  stallNs?(): Promise<number>;
  /** A call after the timed ones, traced. */
  trace?(warm: Pick<WarmRecord, 'samplesNs'>): Promise<Pick<WarmRecord, 'trace'>>;
  peakBytes(): number | Promise<number>;
  /** The session by every way that it has, for checks, whose time nobody counts. */
  readonly everyWay: Session;
  close(): Promise<void>;
  clocks(): ClockRecord | undefined;
}

export interface Watched {
  run(passes: number): Promise<number>;
  /** The longest time in one of these calls. */
  stallNs(samplesNs: readonly number[]): number | undefined;
}

/** Awaits only what is a promise: a synchronous strategy must not pay for a turn of the event loop. */
export function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as PromiseLike<T> | undefined)?.then === 'function';
}
