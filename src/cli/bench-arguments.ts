import type { Argv } from 'yargs';
import { fullRounds, quickRounds } from '../analysis/estimate.js';
import { InputError } from '../contract/errors.js';
import type { AxisValue } from '../contract/scenario.js';
import { closest } from '../dictionary/did-you-mean.js';
import { many, mostRounds, text, wholeNumber } from './argument-values.js';
import { parseAxisValues } from './axis-values.js';
import { checkBaselineName } from './baseline.js';
import type { BenchOptions } from './bench-options.js';
import { parseBudget } from './budget.js';

const options = {
  scenario: { type: 'string', nargs: 1, describe: 'scenario id or file, repeatable, or "all"' },
  strategy: {
    type: 'string',
    nargs: 1,
    describe: 'strategy id, label or file besides those of the scenario, repeatable',
  },
  only: { type: 'string', nargs: 1, describe: 'the same, in place of those of the scenario, repeatable' },
  kernel: {
    type: 'string',
    nargs: 1,
    describe: 'kernel id, or a file whose default export is a kernel or a function of one list',
  },
  data: { type: 'string', nargs: 1, describe: 'JSON, NDJSON, parquet or CSV file instead of generated data' },
  'group-by': { type: 'string', nargs: 1, describe: 'column whose values become keys (parquet, CSV)' },
  value: { type: 'string', nargs: 1, describe: 'column of numbers (parquet, CSV)' },
  quick: { type: 'boolean', describe: 'fewer points and rounds: indicative' },
  rounds: {
    type: 'string',
    nargs: 1,
    describe: `passes over all cells (default ${fullRounds}, quick ${quickRounds})`,
  },
  budget: {
    type: 'string',
    nargs: 1,
    describe:
      'time to spend where the doubt is, like 60s, 5m or 1h, instead of a number of rounds; default: the scenario’s own',
  },
  resume: {
    type: 'string',
    nargs: 1,
    describe: 'go on with a run that was cut off: its folder or results file; alone',
  },
  seed: { type: 'string', nargs: 1, describe: 'seed of data and order (default 1)' },
  cpus: { type: 'string', nargs: 1, describe: 'processors that cells may use, like 0 or 0-3' },
  python: {
    type: 'string',
    nargs: 1,
    describe: 'interpreter for strategies in Python (default python3)',
  },
  peers: {
    type: 'boolean',
    describe: 'with other people’s pools that ship and are installed, as their users write them',
  },
  'node-arg': { type: 'string', nargs: 1, describe: 'further argument for Node in each cell, repeatable' },
  limit: {
    type: 'string',
    nargs: 1,
    describe: 'seconds after which a cell is ended and recorded as a bound (default 60)',
  },
  out: { type: 'string', nargs: 1, describe: 'folder for the runs (default reports)' },
  save: { type: 'string', nargs: 1, describe: 'keep the results under this name, for compare --baseline' },
  'dry-run': { type: 'boolean', describe: 'show cells, memory and time, and measure nothing' },
  strict: { type: 'boolean', describe: 'exit with 4 where the warm account leaves a point undecided' },
} as const;

/** Options of `bench` by name; whatever else is given is an axis. */
export const benchOptionNames: readonly string[] = Object.keys(options);

/** Tells yargs about the options of `bench`. */
export function benchBuilder(command: Argv) {
  return command
    .options(options)
    .epilogue(
      'Any axis is an option too, and replaces that axis in every sweep: --keys 4,8,16  --length 1e3..1e6x10  ' +
        '--skew equal,1.1  --values doubles  --workers 1,2,4  --chunk key  --steps 1,4,16',
    );
}

/** Turns parsed arguments into options. Throws an InputError that names the option. */
export function benchOptions(argv: Record<string, unknown>, command: readonly string[]): BenchOptions {
  const budget = text(argv, 'budget');
  const rounds = wholeNumber(argv, 'rounds', 1, mostRounds);
  if (budget !== undefined && rounds !== undefined)
    throw new InputError(
      '--budget and --rounds: give one of them. A budget decides itself who gets how many rounds.',
    );
  const save = text(argv, 'save');
  if (save !== undefined) checkBaselineName(save);
  return {
    scenarios: many(argv, 'scenario'),
    strategies: many(argv, 'strategy'),
    only: many(argv, 'only'),
    kernel: text(argv, 'kernel'),
    data: text(argv, 'data'),
    groupBy: text(argv, 'group-by'),
    value: text(argv, 'value'),
    quick: argv.quick === true,
    rounds,
    ...(budget === undefined
      ? {}
      : { budgetMs: budget === 'default' ? budget : parseBudget(budget, '--budget') }),
    seed: wholeNumber(argv, 'seed', 0) ?? 1,
    cpus: text(argv, 'cpus'),
    nodeArgs: many(argv, 'node-arg') ?? [],
    python: text(argv, 'python'),
    ...(argv.peers === true ? { peers: true } : {}),
    out: text(argv, 'out') ?? 'reports',
    ...(save === undefined ? {} : { save }),
    dryRun: argv['dry-run'] === true,
    strict: argv.strict === true,
    limitMs: (wholeNumber(argv, 'limit', 1) ?? 60) * 1_000,
    axes: axesOf(argv),
    command,
  };
}

/** The run to go on with. Everything else is taken from it: an option beside it would say something else. */
export function runToResume(argv: Record<string, unknown>): string {
  const others = Object.keys(argv).filter((name) => !['_', '$0', 'resume'].includes(name));
  if (others.length > 0)
    throw new InputError(
      `--resume goes on with the run as it was started: leave out --${others[0]}, or start a new run with it.`,
    );
  return text(argv, 'resume') ?? '';
}

/** What yargs does not know as an option is taken for an axis; whether there is such an axis is checked later. */
function axesOf(argv: Record<string, unknown>): Record<string, AxisValue[]> {
  const known = new Set(['_', '$0', 'help', 'version', ...benchOptionNames]);
  const axes = new Map<string, AxisValue[]>();
  for (const [name, value] of Object.entries(argv)) {
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
