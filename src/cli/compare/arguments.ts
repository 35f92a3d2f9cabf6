import type { Argv } from 'yargs';
import { fullRounds } from '../../analysis/estimate.js';
import { InputError } from '../../contract/errors.js';
import { many, mostRounds, refuseUnknown, text, wholeNumber } from '../argument-values.js';
import { parseBudget } from '../budget.js';

const options = {
  base: { type: 'string', nargs: 1, describe: 'commit to measure as base: branch, tag or hash' },
  head: {
    type: 'string',
    nargs: 1,
    describe: 'commit to measure as head (default: the working tree as it is)',
  },
  baseline: { type: 'string', nargs: 1, describe: 'base is what `bench --save NAME` kept' },
  'fail-on': { type: 'string', nargs: 1, describe: 'slower by more than this is a regression (default 5%)' },
  config: { type: 'string', nargs: 1, describe: 'limits and commands (default breakeven.compare.json)' },
  'across-hosts': {
    type: 'boolean',
    describe: 'runs from different machines: compare only ratios to for-loop within each',
  },
  out: { type: 'string', nargs: 1, describe: 'folder for the report (default reports)' },
  strict: { type: 'boolean', describe: 'exit with 4 where a time is left undecided' },
  scenario: { type: 'string', nargs: 1, describe: 'with --base: scenario id or file, repeatable' },
  strategy: {
    type: 'string',
    nargs: 1,
    describe: 'with --base: strategy id, label or file besides those of the scenarios, repeatable',
  },
  only: {
    type: 'string',
    nargs: 1,
    describe: 'with --base: the same, in place of those of the scenarios, repeatable',
  },
  rounds: { type: 'string', nargs: 1, describe: `with --base: rounds of both sides (default ${fullRounds})` },
  seed: { type: 'string', nargs: 1, describe: 'with --base: seed of data and order (default 1)' },
  limit: { type: 'string', nargs: 1, describe: 'with --base: seconds after which a cell is ended' },
  'max-time': {
    type: 'string',
    nargs: 1,
    describe: 'with --base: measure until all is settled, at most so long, like 4m',
  },
  duet: {
    type: 'boolean',
    describe: 'with --base: both sides of single-thread cells at the same time, on two cores',
  },
  history: {
    type: 'string',
    nargs: 1,
    describe: 'file that remembers commits: what is measured is added to it; alone, shows what changed when',
  },
  profile: {
    type: 'boolean',
    describe: 'with --base: name the functions whose own time grew, where a cell is slower by most',
  },
  resume: {
    type: 'string',
    nargs: 1,
    describe: 'go on with a comparison of commits that was cut off: its folder; alone',
  },
} as const;

const onlyMeasuring = [
  'head',
  'scenario',
  'strategy',
  'only',
  'rounds',
  'seed',
  'limit',
  'max-time',
  'duet',
] as const;

/** What `compare` was asked to do. */
export type CompareRequest = Common &
  (
    | { readonly kind: 'stored'; readonly base: string; readonly head: string }
    | ({ readonly kind: 'commits' } & CommitsRequest)
    | { readonly kind: 'resume'; readonly folder: string }
    | { readonly kind: 'history'; readonly history: string }
  );

interface Common {
  readonly history?: string;
  readonly failOn?: string;
  readonly config?: string;
  readonly acrossHosts: boolean;
  readonly out: string;
  readonly strict: boolean;
  readonly profile: boolean;
}

export interface CommitsRequest {
  readonly base: string;
  /** Absent: the working tree. */
  readonly head?: string;
  readonly scenarios?: readonly string[];
  readonly strategies?: readonly string[];
  readonly only?: readonly string[];
  readonly rounds?: number;
  readonly seed: number;
  readonly limitMs: number;
  readonly maxTimeMs?: number;
  readonly duet?: true;
}

export function compareBuilder(command: Argv) {
  return command
    .positional('runs', {
      type: 'string',
      array: true,
      describe: 'BASE HEAD: folders, results files, or names',
    })
    .options(options)
    .epilogue(
      'Two stored runs: compare BASE HEAD, or compare HEAD --baseline NAME. Two commits, measured round by round in ' +
        'one job: compare --base REF. What became of a history: compare --history FILE. Exit codes: 0 no regression, 1 regression, 2 bad input, 3 machine unfit or ' +
        'nothing could be compared, 4 undecided (--strict), 5 it could not be carried out.',
    );
}

/** Turns parsed arguments into a request. Throws an InputError that names the option. */
export function compareRequest(argv: Record<string, unknown>): CompareRequest {
  refuseUnknown(argv, Object.keys(options), 'compare', ['runs']);
  const history = text(argv, 'history');
  const common: Common = {
    ...(history === undefined ? {} : { history }),
    failOn: text(argv, 'fail-on'),
    config: text(argv, 'config'),
    acrossHosts: argv['across-hosts'] === true,
    out: text(argv, 'out') ?? 'reports',
    strict: argv.strict === true,
    profile: argv.profile === true,
  };
  const runs = ((argv.runs as string[] | undefined) ?? []).map(String);
  const [base, baseline, folder] = [text(argv, 'base'), text(argv, 'baseline'), text(argv, 'resume')];
  if (folder !== undefined) return { ...common, kind: 'resume', folder: resumeAlone(argv, folder) };
  if (base !== undefined) return { ...common, kind: 'commits', ...commits(argv, base, runs) };
  const misplaced = [...onlyMeasuring, 'profile'].find((name) => argv[name] !== undefined);
  if (misplaced !== undefined)
    throw new InputError(
      `--${misplaced} belongs to a comparison of commits: name the base too, with --base REF.`,
    );
  const stored = baseline === undefined ? runs : [baseline, ...runs];
  if (history !== undefined && stored.length === 0) return { ...common, kind: 'history', history };
  if (stored.length !== 2)
    throw new InputError(
      stored.length === 0
        ? 'compare what? Two stored runs: compare BASE HEAD; or two commits: compare --base main.'
        : `compare takes two runs, BASE and HEAD, and was given ${stored.length}: ${stored.join(' ')}.`,
    );
  return { ...common, kind: 'stored', base: stored[0], head: stored[1] };
}

function commits(argv: Record<string, unknown>, base: string, runs: readonly string[]): CommitsRequest {
  if (runs.length > 0 || argv.baseline !== undefined)
    throw new InputError(
      `--base ${base} measures two commits: leave out ${runs[0] ?? '--baseline'}, or --base to compare stored runs.`,
    );
  const maxTime = text(argv, 'max-time');
  const head = text(argv, 'head');
  return {
    base,
    ...(head === undefined || head === 'working tree' ? {} : { head }),
    scenarios: many(argv, 'scenario'),
    strategies: many(argv, 'strategy'),
    only: many(argv, 'only'),
    rounds: wholeNumber(argv, 'rounds', 1, mostRounds),
    seed: wholeNumber(argv, 'seed', 0) ?? 1,
    limitMs: (wholeNumber(argv, 'limit', 1) ?? 60) * 1_000,
    ...(maxTime === undefined ? {} : { maxTimeMs: parseBudget(maxTime, '--max-time') }),
    ...(argv.duet === true ? { duet: true } : {}),
  };
}

function resumeAlone(argv: Record<string, unknown>, folder: string): string {
  const others = ['base', 'baseline', ...onlyMeasuring].find((name) => argv[name] !== undefined);
  if (others !== undefined)
    throw new InputError(`--resume goes on with the comparison as it was started: leave out --${others}.`);
  return folder;
}
