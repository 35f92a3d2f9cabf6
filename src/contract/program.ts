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
