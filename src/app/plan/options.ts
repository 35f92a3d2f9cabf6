import type { AxisValue, DataSource } from '../../contract/scenario.js';
import { shippedScenarioFiles } from '../../plugins/find.js';

/** What `bench` was asked to do, still unchecked against what there is. */
export interface BenchOptions {
  /** Ids or files, or `all`; absent where none was named. */
  readonly scenarios?: readonly string[];
  /** Take part besides the scenario's. */
  readonly strategies?: readonly string[];
  /** Take part in place of the scenario's. */
  readonly only?: readonly string[];
  readonly kernel?: string;
  /** In place of generated data, or of the scenario's own. */
  readonly data?: DataSource;
  readonly quick: boolean;
  readonly rounds?: number;
  /** `default`: the scenario's own. `answered`: no more of it than answers take. */
  readonly budgetMs?: number | 'default' | 'answered';
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
  /** Warm calls meet the same data again and again; absent: fresh data. */
  readonly cache?: 'warm';
  /** Values by axis; each replaces that axis in every sweep. */
  readonly axes: Readonly<Record<string, readonly AxisValue[]>>;
  /** The command line that asks for the same, for the report and to resume by. */
  readonly command: readonly string[];
  /** How options are called: an axis that there is not may be one of them, mistyped. */
  readonly optionNames?: readonly string[];
}

/** A run as other commands measure one: nothing is asked for besides. */
export const plainBench: Omit<BenchOptions, 'command'> = {
  quick: false,
  seed: 1,
  nodeArgs: [],
  out: 'reports',
  dryRun: false,
  strict: false,
  limitMs: 60_000,
  axes: {},
};

const defaultScenario = 'large-lists';

/** `all` stands for those that ship; files may stand beside it. */
export function scenarioNames({ scenarios = [defaultScenario] }: BenchOptions): string[] {
  const shipped = scenarios.includes('all') ? shippedScenarioFiles().map(({ id }) => id) : [];
  return [...new Set([...shipped, ...scenarios.filter((name) => name !== 'all')])];
}
