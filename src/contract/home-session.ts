import type { Dictionary } from './dictionary.js';

/** What a program says that a call took, by its own monotonic clock. */
export interface HomeTime {
  readonly ns: number;
  /** CPU time of all its processes. */
  readonly cpuNs: number;
}

/** How far the program's own times lie from the driver's around each message. */
export interface ClockRecord {
  /** Timed messages. */
  readonly messages: number;
  /** Of them, those whose two times lie more than 5 % + 0.2 ms apart. */
  readonly apart: number;
  /** The widest gap among those. */
  readonly widest?: { readonly message: string; readonly insideNs: number; readonly outsideNs: number };
}

export interface ProgramMemory {
  /** Sum over the program's processes of their high-water marks. */
  readonly peakBytes: number;
  readonly residentBytes: number;
}

/**
 * A session in a program that holds the user's data itself. What is timed says how long it took inside; all else is in
 * no account. Every call rejects with a ProgramError where the program fails.
 */
export interface HomeSession {
  /** Whether it has the whole way in one call, and stages. At least one of them. */
  readonly runs: boolean;
  readonly stages: boolean;
  /** Gives the program its data, which it brings into its native form. Untimed. */
  load(input: Dictionary): Promise<void>;
  /** Sets the first number of the data: fresh data at the cost of one store. Untimed. */
  fresh(first: number): Promise<void>;
  /** Starts what the strategy needs to compute (a pool), until all of it has answered. */
  open(): Promise<HomeTime>;
  /** The whole way, `passes` times in a row; the time is of all. The last answer is kept under `answer`. */
  run(passes: number, answer: number): Promise<HomeTime>;
  place(): Promise<HomeTime>;
  /** `passes` times in a row, into outputs that `place` made; the time is of all. */
  compute(passes: number): Promise<HomeTime>;
  collect(answer: number): Promise<HomeTime>;
  release(): Promise<HomeTime>;
  close(): Promise<HomeTime>;
  /** Overwrites every output with NaN. Untimed. */
  poison(): Promise<void>;
  /** An answer that is kept, in the form of the data that was loaded last. Untimed. */
  fetch(answer: number): Promise<Dictionary>;
  /** Lets go of a kept answer. Untimed. */
  drop(answer: number): Promise<void>;
  memory(): ProgramMemory;
  clocks(): ClockRecord;
  /** Ends the program and all that it started. A second time does nothing. Rejects where it left processes behind. */
  end(): Promise<void>;
}
