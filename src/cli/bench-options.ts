import type { AxisValue } from '../contract/scenario.js';

/** What `bench` was asked to do: the command line, parsed and still unchecked against the catalog. */
export interface BenchOptions {
  /** Ids or files, or `all`; absent where none was named. */
  readonly scenarios?: readonly string[];
  /** Take part besides the scenario's. */
  readonly strategies?: readonly string[];
  /** Take part in place of the scenario's. */
  readonly only?: readonly string[];
  readonly kernel?: string;
  readonly data?: string;
  readonly groupBy?: string;
  readonly value?: string;
  readonly quick: boolean;
  readonly rounds?: number;
  /** `default`: the scenario's own. */
  readonly budgetMs?: number | 'default';
  readonly seed: number;
  /** Processors as `taskset -c` takes them. */
  readonly cpus?: string;
  readonly nodeArgs: readonly string[];
  /** Interpreter for strategies in Python: a command or a path. */
  readonly python?: string;
  /** Other people's pools take part. */
  readonly peers?: boolean;
  readonly out: string;
  /** Name under which the results are kept for `compare`. */
  readonly save?: string;
  readonly dryRun: boolean;
  /** An undecided point is an exit code. */
  readonly strict: boolean;
  readonly limitMs: number;
  /** Values by axis; each replaces that axis in every sweep. */
  readonly axes: Readonly<Record<string, readonly AxisValue[]>>;
  /** The command line itself, for the report. */
  readonly command: readonly string[];
}
