import type { Dictionary } from './dictionary.js';
import type { Footprint } from './strategy.js';

/** The id of a manifest's folder is what its strategies' ids begin with: `python` makes `python-numpy`. */
export interface ProgramManifest {
  readonly id: string;
  /** The language or tool, as a report names it. */
  readonly title: string;
  /** Colour of its strategies' lines, `#RRGGBB`; absent: each has one by its id. */
  readonly colour?: string;
  /**
   * Program and arguments, run in the manifest's folder without a shell. `{name}` stands for a tool that the command
   * line may choose (`{python}`: `--python PATH`, else `tools.python`), `{built}` for what `build` made.
   */
  readonly command: readonly [string, ...string[]];
  /** What is missing where the command cannot be started, in words: "Python 3.8 or newer". */
  readonly needs: string;
  /** Tools by name, with the command that is tried where none was chosen. */
  readonly tools?: Readonly<Record<string, string>>;
  readonly build?: ProgramBuild;
  /** Ids of kernels that its strategies can run; a strategy may name fewer. */
  readonly kernels: readonly string[];
  readonly strategies: readonly ProgramStrategy[];
}

/** How the program is built on first use. */
export interface ProgramBuild {
  /** Run in the manifest's folder; `{built}` is the file to write. */
  readonly command: readonly [string, ...string[]];
  /** Files in the manifest's folder whose contents decide whether it must be built again. */
  readonly sources: readonly string[];
}

export interface ProgramStrategy {
  /** What the program is told; its strategy's id is `<manifest id>-<this>`. */
  readonly id: string;
  readonly title: string;
  readonly kernels?: readonly string[];
  readonly options?: Readonly<Record<string, readonly string[]>>;
  /** Computes on as many threads or processes as it is told (`workers`); false: on one. Absent: reports claim neither. */
  readonly onWorkers?: boolean;
  readonly footprint?: Footprint;
}

/** One strategy of a manifest, with everything that is needed to start it: plain data, which crosses borders as an href. */
export interface Program {
  readonly manifest: ProgramManifest;
  readonly strategy: ProgramStrategy;
  /** Where the user's data starts: in the program, or in Node. */
  readonly home: DataHome;
  /** Absolute path of the manifest's folder. */
  readonly folder: string;
  /** Tools that were chosen, and `built`, by name. */
  readonly chosen: Readonly<Record<string, string>>;
}

/** Where the user's data starts and answers come back to. */
export type DataHome = 'node' | 'program';

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
