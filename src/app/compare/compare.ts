import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadyCommands } from '../../checkout/install.js';
import { compare, type Side } from '../../compare/compare.js';
import { type Limits, withoutOptions } from '../../compare/limits.js';
import type { Comparison } from '../../compare/types.js';
import { InputError } from '../../contract/errors.js';
import { closest } from '../../dictionary/did-you-mean.js';
import type { Document, Text } from '../../document/document.js';
import { comparisonDocument } from '../../documents/comparison/comparison.js';
import { headlineText } from '../../documents/comparison/headline.js';
import { shellWord } from '../../files/shell.js';
import { knownStrategyFiles, shippedScenarioFiles } from '../../plugins/find.js';
import type { RunHeader } from '../../results/format.js';
import { resultsFileName } from '../../results/journal.js';
import { readResults } from '../../results/reader.js';
import type { Caller } from '../caller.js';
import { checkOutFolder, claimRunFolder } from '../out.js';
import type { WrittenPage } from '../report/page.js';
import { checkedFile, findBaseline } from '../stored-run.js';
import { readConfig } from './config.js';
import { checkHistory, type LookedBack, remember, writeHistory } from './history.js';
import type { CommitsRequest } from './job.js';

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
  readonly profile: boolean;
}

/** How a comparison is judged and made ready; not part of what was measured, and so may change when it is resumed. */
export interface Judging {
  readonly limits: Limits;
  readonly commands: ReadyCommands;
  /** The file that remembers what was measured. */
  readonly history?: string;
  /** Asks where a slower side spends its time. */
  readonly profile: boolean;
}

/** What became of a comparison. */
export type ComparisonEnd = Compared | LookedBack | { readonly kind: 'interrupted' };

interface Compared {
  readonly kind: 'compared';
  readonly comparison: Comparison;
  /** What it found, in a sentence. */
  readonly headline: Text;
  /** All that it found, for a page without charts. */
  readonly document: Document;
  readonly written: WrittenPage;
}

/** Compares two stored runs, or two commits that are measured now, or looks at what was measured of many. */
export async function carryOutComparison(request: CompareRequest, caller: Caller): Promise<ComparisonEnd> {
  const { failOn, config, acrossHosts, out, history, profile } = request;
  const { limits, ...commands } = readConfig(config, failOn);
  checkOutFolder(out);
  if (request.kind === 'history') return writeHistory(request.history, join(out, 'history'));
  if (history !== undefined) checkHistory(history);
  if (request.kind === 'stored') {
    const [base, head] = [storedSide(request.base, out), storedSide(request.head, out)];
    checkLimitNames(
      limits,
      [...base.runs, ...head.runs].map(({ header }) => header),
      caller,
    );
    const comparison = remember(compare(base, head, { limits, acrossHosts }), head, history, caller);
    return writeComparison(comparison, newFolder(out));
  }
  const { compareCommits, resumeComparison } = await import('./commits.js');
  const judging = { limits, commands, profile, ...(history === undefined ? {} : { history }) };
  return request.kind === 'resume'
    ? resumeComparison(request.folder, judging, caller)
    : compareCommits(request, () => newFolder(out), judging, caller);
}

/** Writes the report of a comparison. */
export async function writeComparison(comparison: Comparison, folder: string): Promise<Compared> {
  // Charts and their packages take time to load: bad input does not wait for them.
  const [{ writePage }, { comparisonInstead, comparisonPage }] = await Promise.all([
    import('../report/page.js'),
    import('../report/comparison.js'),
  ]);
  const written = await writePage(comparisonPage(comparison), folder, comparisonInstead);
  return {
    kind: 'compared',
    comparison,
    headline: headlineText(comparison),
    document: comparisonDocument(comparison),
    written,
  };
}

function newFolder(out: string): string {
  const stamp = new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return join(out, 'compare', claimRunFolder(out, 'compare', stamp));
}

/** A side that was measured before: a results file, a run's folder, a folder of such, or the name of a baseline. */
function storedSide(name: string, out: string): Side {
  const path = existsSync(name) ? name : findBaseline(out, name);
  if (path === undefined)
    throw new InputError(
      `${name} is neither a file nor a folder, and no baseline: save one with \`breakeven bench --save ${shellWord(name)}\`, or name ` +
        `a run's folder or its ${resultsFileName}.`,
    );
  const files = resultsFilesBelow(path);
  if (files.length === 0)
    throw new InputError(`the folder ${name} holds no ${resultsFileName}: it is not the folder of a run.`);
  const runs = files.map((file) => readResults(checkedFile(file)));
  const ids = runs.map(({ header }) => header.scenario.id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined)
    throw new InputError(`${name} holds several runs of scenario ${twice}: name the folder of one of them.`);
  return { name, runs };
}

/** The folder's own file, or that of each folder in it. */
function resultsFilesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const own = join(path, resultsFileName);
  if (existsSync(own)) return [own];
  return readdirSync(path)
    .sort()
    .map((name) => join(path, name, resultsFileName))
    .filter((file) => existsSync(file));
}

/**
 * Limits for names that nobody has widen nothing. One that is nearly a name of either side is a slip of the pen: an
 * InputError. Any other may be of a scenario or strategy that is not part of this comparison, and is said on stderr.
 */
export function checkLimitNames(
  { scenarios, strategies }: Limits,
  headers: readonly Pick<RunHeader, 'scenario' | 'strategies'>[],
  { note }: Pick<Caller, 'note'>,
): void {
  const labels = headers.flatMap((header) => header.strategies.flatMap(({ label, id }) => [label, id]));
  const check = (field: string, names: readonly string[], known: readonly string[]) => {
    for (const name of names.filter((each) => !known.includes(each))) {
      refuseNear(field, name, known);
      note(`The limit for ${field}.${name} applies to nothing here: neither side has that name.`);
    }
  };
  check('scenarios', Object.keys(scenarios), [
    ...headers.map(({ scenario }) => scenario.id),
    ...shippedScenarioFiles().map(({ id }) => id),
  ]);
  check('strategies', Object.keys(strategies), [
    ...labels,
    ...labels.map(withoutOptions),
    // Others than those of this comparison: one configuration serves several.
    ...knownStrategyFiles().map(({ id }) => id),
  ]);
}

function refuseNear(field: string, name: string, known: readonly string[]): void {
  const near = closest(name, known);
  if (near !== undefined)
    throw new InputError(
      `the configuration has a limit for ${field}.${name}, and there is no such name on either side. Did you mean "${near}"?`,
    );
}
