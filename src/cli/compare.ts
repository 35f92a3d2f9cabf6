import { fullRounds } from '../analysis/estimate.js';
import type { CompareRequest } from '../app/compare/compare.js';
import type { CommitsRequest } from '../app/compare/job.js';
import { parseBudget } from '../app/quantity.js';
import type { Comparison } from '../compare/types.js';
import { InputError } from '../contract/errors.js';
import { renderMarkdown } from '../render/markdown.js';
import { textTerminal } from '../render/terminal.js';
import { ExitCode } from './exit.js';
import {
  flag,
  mostRounds,
  parsed,
  readOptions,
  type Typed,
  text,
  texts,
  textsOf,
  type Usage,
  type Values,
  wholeNumber,
} from './options.js';
import { appendStepSummary, note, say } from './terminal.js';

/** Of commits, which are measured. */
const measuring = {
  head: text('commit to measure as head (default: the working tree as it is)'),
  scenario: texts('with --base: scenario id or file, repeatable'),
  strategy: texts('with --base: strategy id, label or file besides those of the scenarios, repeatable'),
  only: texts('with --base: the same, in place of those of the scenarios, repeatable'),
  rounds: wholeNumber(`with --base: rounds of both sides (default ${fullRounds})`, {
    least: 1,
    most: mostRounds,
  }),
  seed: wholeNumber('with --base: seed of data and order (default 1)', { least: 0 }, 1),
  limit: wholeNumber('with --base: seconds after which a cell is ended', { least: 1 }, 60),
  'max-time': parsed('with --base: measure until all is settled, at most so long, like 4m', (text) =>
    parseBudget(text, '--max-time'),
  ),
  duet: flag('with --base: both sides of single-thread cells at the same time, on two cores'),
};

const { head, ...measuringMore } = measuring;

const options = {
  base: text('commit to measure as base: branch, tag or hash'),
  head,
  baseline: text('base is what `bench --save NAME` kept'),
  'fail-on': text('slower by more than this is a regression (default 5%)'),
  config: text('limits and commands (default breakeven.compare.json)'),
  'across-hosts': flag('runs from different machines: compare only ratios to for-loop within each'),
  out: text('folder for the report (default reports)', 'reports'),
  strict: flag('exit with 4 where a time is left undecided'),
  ...measuringMore,
  history: text(
    'file that remembers commits: what is measured is added to it; alone, shows what changed when',
  ),
  profile: flag('with --base: name the functions whose own time grew, where a cell is slower by most'),
  resume: text('go on with a comparison of commits that was cut off: its folder; alone'),
};

export const compareUsage: Usage = {
  name: 'compare',
  words: {
    shown: '[runs..]',
    are: { runs: { array: true, describe: 'BASE HEAD: folders, results files, or names' } },
  },
  describe: 'two stored runs, or two commits measured in one job: did anything become slower?',
  options,
  makesFolders: true,
  epilogue:
    'Two stored runs: compare BASE HEAD, or compare HEAD --baseline NAME. Two commits, measured round by round in ' +
    'one job: compare --base REF. What became of a history: compare --history FILE. Exit codes: 0 no regression, 1 regression, 2 bad input, 3 machine unfit or ' +
    'nothing could be compared, 4 undecided (--strict), 5 it could not be carried out.',
};

/** What the exit code depends on besides. */
interface Asked {
  readonly strict: boolean;
}

/** Turns parsed arguments into a request. Throws an InputError that names the option. */
export function compareRequest(typed: Typed): CompareRequest & Asked {
  const given = readOptions(options, typed);
  const { base, baseline, resume, history, config, out, strict } = given;
  const common = {
    history,
    failOn: given['fail-on'],
    config,
    acrossHosts: given['across-hosts'],
    out,
    strict,
    profile: given.profile,
  };
  const runs = textsOf(typed, 'runs') ?? [];
  const measured = Object.keys(measuring).find((name) => typed[name] !== undefined);
  if (resume !== undefined) {
    const other = ['base', 'baseline'].find((name) => typed[name] !== undefined) ?? measured;
    if (other !== undefined)
      throw new InputError(`--resume goes on with the comparison as it was started: leave out --${other}.`);
    return { ...common, kind: 'resume', folder: resume };
  }
  if (base !== undefined) {
    if (runs.length > 0 || baseline !== undefined)
      throw new InputError(
        `--base ${base} measures two commits: leave out ${runs[0] ?? '--baseline'}, or --base to compare stored runs.`,
      );
    return { ...common, kind: 'commits', base, ...commitsOf(given) };
  }
  const misplaced = measured ?? (given.profile ? 'profile' : undefined);
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

function commitsOf(given: Values<typeof measuring>): Omit<CommitsRequest, 'base'> {
  const { head, scenario, strategy, only, rounds, seed, limit } = given;
  return {
    head: head === 'working tree' ? undefined : head,
    scenarios: scenario,
    strategies: strategy,
    only,
    rounds,
    seed,
    limitMs: 1_000 * limit,
    maxTimeMs: given['max-time'],
    ...(given.duet ? { duet: true as const } : {}),
  };
}

/** `compare`: says what was found, and turns it into an exit code. */
export async function compareCommand({ strict, ...request }: CompareRequest & Asked): Promise<ExitCode> {
  const [{ carryOutComparison }, { callFromTerminal }] = await Promise.all([
    import('../app/compare/compare.js'),
    import('./caller.js'),
  ]);
  const end = await callFromTerminal((caller) => carryOutComparison(request, caller));
  if (end.kind === 'interrupted') return ExitCode.interrupted;
  for (const sentence of end.written.skipped) note(sentence);
  // A step's summary cannot show pictures that lie on the runner's disk.
  if (end.kind === 'compared') appendStepSummary(() => renderMarkdown(end.document));
  say(textTerminal(end.headline));
  say(end.written.path);
  return end.kind === 'history' ? ExitCode.fine : exitCodeFor(end.comparison, strict);
}

function exitCodeFor({ verdict }: Pick<Comparison, 'verdict'>, strict: boolean): ExitCode {
  switch (verdict) {
    case 'regression':
      return ExitCode.foundSomethingBad;
    case 'unfit':
    case 'nothing compared':
      return ExitCode.unfit;
    case 'undecided':
      return strict ? ExitCode.undecided : ExitCode.fine;
    case 'fine':
      return ExitCode.fine;
  }
}
