import { InputError } from '../contract/errors.js';
import type { AxisValue, DataSource } from '../contract/scenario.js';
import { closest } from '../dictionary/did-you-mean.js';
import { parseAxisValues } from './axis-values.js';
import {
  addedNames,
  flag,
  mostRounds,
  parsed,
  readAgain,
  readOptions,
  type Typed,
  text,
  texts,
  type Usage,
  wholeNumber,
} from './options.js';
import { parseBudget } from './quantity.js';

/** What `bench` was asked to do: the command line, parsed and still unchecked against what there is. */
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
  /** The command line itself, for the report. */
  readonly command: readonly string[];
}

const defaultOut = 'reports';
const defaultSeed = 1;
const defaultLimitS = 60;

/** A run as other commands measure one: nothing is asked for besides. */
export const plainBench: Omit<BenchOptions, 'command'> = {
  quick: false,
  seed: defaultSeed,
  nodeArgs: [],
  out: defaultOut,
  dryRun: false,
  strict: false,
  limitMs: 1_000 * defaultLimitS,
  axes: {},
};

const options = {
  scenario: texts('scenario id or file, repeatable, or "all"'),
  strategy: texts('strategy id, label or file besides those of the scenario, repeatable'),
  only: texts('the same, in place of those of the scenario, repeatable'),
  kernel: text('kernel id, or a file whose default export is a kernel or a function of one list'),
  data: text('JSON, NDJSON, parquet or CSV file instead of generated data'),
  'group-by': text('column whose values become keys (parquet, CSV)'),
  value: text('column of numbers (parquet, CSV)'),
  quick: flag('fewer points and rounds: indicative'),
  rounds: wholeNumber('passes over all cells, so many (default: until every question is answered)', {
    least: 1,
    most: mostRounds,
  }),
  budget: parsed(
    'time to spend where the doubt is, like 60s, 5m or 1h, also beyond what answers take; default: the scenario’s own',
    (text) => (text === 'default' ? text : parseBudget(text, '--budget')),
  ),
  resume: text('go on with a run that was cut off: its folder or results file; alone'),
  cache: parsed(
    'warm: calls meet the same data again and again, as caches still have it (default fresh)',
    (cache) => {
      if (cache === 'warm' || cache === 'fresh') return cache;
      throw new InputError(`--cache ${cache}: there are warm and fresh.`);
    },
  ),
  seed: wholeNumber('seed of data and order (default 1)', { least: 0 }, defaultSeed),
  cpus: text('processors that cells may use, like 0 or 0-3'),
  python: text('interpreter for strategies in Python (default python3)'),
  peers: flag('with other people’s pools that ship and are installed, as their users write them'),
  'node-arg': texts('further argument for Node in each cell, repeatable'),
  limit: wholeNumber(
    'seconds after which a cell is ended and recorded as a bound (default 60)',
    { least: 1 },
    defaultLimitS,
  ),
  out: text('folder for the runs (default reports)', defaultOut),
  save: parsed('keep the results under this name, for compare --baseline', (name) => {
    checkBaselineName(name);
    return name;
  }),
  'dry-run': flag('show cells, memory and time, and measure nothing'),
  strict: flag('exit with 4 where the warm account leaves a point undecided'),
};

/**
 * What an option changes of a run. Runs that differ in `how` it was measured are no two runs of one thing: the header says
 * it, so that `compare`, histories and `--resume` see it. `what`: other strategies or cells; `effort`: how much is measured.
 */
export type OptionEffect = 'what' | 'how' | 'effort' | 'nothing';

export const effectOf: Readonly<Record<keyof typeof options, OptionEffect>> = {
  scenario: 'what',
  strategy: 'what',
  only: 'what',
  peers: 'what',
  kernel: 'how',
  data: 'how',
  'group-by': 'how',
  value: 'how',
  quick: 'how',
  cache: 'how',
  seed: 'how',
  cpus: 'how',
  python: 'how',
  'node-arg': 'how',
  rounds: 'effort',
  budget: 'effort',
  limit: 'effort',
  resume: 'nothing',
  out: 'nothing',
  save: 'nothing',
  'dry-run': 'nothing',
  strict: 'nothing',
};

/** Options of `bench` by name; whatever else is given is an axis. */
export const benchOptionNames: readonly string[] = Object.keys(options);

export const benchUsage: Usage = {
  name: 'bench',
  isStandard: true,
  describe: 'measure a scenario, check every answer, write charts and a verdict',
  options,
  makesFolders: true,
  takesAxes: true,
  epilogue:
    'Any axis is an option too, and replaces that axis in every sweep: --keys 4,8,16  --length 1e3..1e6x10  ' +
    '--skew equal,1.1  --values doubles  --workers 1,2,4  --chunk key  --steps 1,4,16',
};

/** Throws an InputError that names the option. */
export function benchOptions(typed: Typed, command: readonly string[]): BenchOptions {
  if (typed.budget !== undefined && typed.rounds !== undefined)
    throw new InputError(
      '--budget and --rounds: give one of them. A budget decides itself who gets how many rounds.',
    );
  const given = readOptions(options, typed);
  return {
    scenarios: given.scenario,
    strategies: given.strategy,
    only: given.only,
    kernel: given.kernel,
    data: given.data,
    groupBy: given['group-by'],
    value: given.value,
    quick: given.quick,
    rounds: given.rounds,
    budgetMs: given.budget ?? (given.rounds === undefined ? 'answered' : undefined),
    seed: given.seed,
    cpus: given.cpus,
    nodeArgs: given['node-arg'] ?? [],
    python: given.python,
    peers: given.peers,
    out: given.out,
    save: given.save,
    dryRun: given['dry-run'],
    strict: given.strict,
    limitMs: 1_000 * given.limit,
    ...(given.cache === 'warm' ? { cache: 'warm' as const } : {}),
    axes: axesOf(typed),
    command,
  };
}

/** The options of a run that was started with this command line: what `--resume` goes on with. */
export function optionsOf(command: readonly string[]): Promise<BenchOptions> {
  return readAgain(benchUsage, command, (typed) => benchOptions(typed, command));
}

/** The run to go on with. Everything else is taken from it: an option beside it would say something else. */
export function runToResume(typed: Typed): string {
  const others = Object.keys(typed).filter((name) => !['_', '$0', 'resume'].includes(name));
  if (others.length > 0)
    throw new InputError(
      `--resume goes on with the run as it was started: leave out --${others[0]}, or start a new run with it.`,
    );
  return options.resume.read(typed, 'resume') ?? '';
}

/** The file that the command line names. Throws an InputError where it names a column alone. */
export function givenSource({
  data,
  groupBy,
  value,
}: Pick<BenchOptions, 'data' | 'groupBy' | 'value'>): DataSource | undefined {
  if (data !== undefined) return { file: data, groupBy, value };
  const given = groupBy !== undefined ? '--group-by' : value !== undefined ? '--value' : undefined;
  if (given === undefined) return undefined;
  throw new InputError(`${given} names a column of a data file: name the file too, with --data FILE.`);
}

/** What yargs does not know as an option is taken for an axis; whether there is such an axis is checked later. */
function axesOf(typed: Typed): Record<string, AxisValue[]> {
  const known = new Set([...addedNames, ...benchOptionNames]);
  const axes = new Map<string, AxisValue[]>();
  for (const [name, value] of Object.entries(typed)) {
    if (known.has(name) || value === undefined) continue;
    const values = Array.isArray(value) ? value : [value];
    if (values.includes(true)) throw withoutValue(name);
    axes.set(name, parseAxisValues(name, values.join(',')));
  }
  return Object.fromEntries(axes);
}

function withoutValue(name: string): InputError {
  const near = closest(name, benchOptionNames);
  return new InputError(
    near === undefined
      ? `--${name} stands without a value. An axis needs some, like --keys 4,8,16; all options are shown by --help.`
      : `there is no option --${name}. Did you mean --${near}?`,
  );
}

/** Refused before anything is measured: the name becomes a folder. */
function checkBaselineName(name: string): void {
  if (!/^[\w][\w.-]*$/.test(name))
    throw new InputError(`--save ${name}: a name has letters, digits, dots, dashes and underscores only.`);
}
