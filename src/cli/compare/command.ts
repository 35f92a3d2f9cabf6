import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compare, type Side } from '../../compare/compare.js';
import { type Limits, withoutOptions } from '../../compare/limits.js';
import { InputError } from '../../contract/errors.js';
import { closest } from '../../dictionary/did-you-mean.js';
import { shellWord } from '../../files/shell.js';
import { knownStrategyFiles, shippedScenarioFiles } from '../../plugins/find.js';
import type { RunHeader } from '../../results/format.js';
import { resultsFileName } from '../../results/journal.js';
import { readResults } from '../../results/reader.js';
import type { ExitCode } from '../exit.js';
import { checkOutFolder, claimRunFolder } from '../out.js';
import { checkedFile, findBaseline } from '../stored-run.js';
import { note } from '../terminal.js';
import type { CompareRequest } from './arguments.js';
import { readConfig } from './config.js';
import { checkHistory, remember, showHistory } from './history.js';

/** `compare`: two stored runs, or two commits that are measured now. */
export async function compareCommand(request: CompareRequest): Promise<ExitCode> {
  const { failOn, config, acrossHosts, out, strict, history, profile } = request;
  const { limits, ...commands } = readConfig(config, failOn);
  checkOutFolder(out);
  if (request.kind === 'history') {
    return showHistory(request.history, join(out, 'history'));
  }
  if (history !== undefined) checkHistory(history);
  if (request.kind === 'stored') {
    const [base, head] = [storedSide(request.base, out), storedSide(request.head, out)];
    checkLimitNames(
      limits,
      [...base.runs, ...head.runs].map(({ header }) => header),
    );
    const comparison = remember(compare(base, head, { limits, acrossHosts }), head, history);
    // Charts and their packages take time to load: bad input does not wait for them.
    const { finish } = await import('./finish.js');
    return finish(comparison, newFolder(out), strict);
  }
  const { compareCommits, resumeComparison } = await import('./commits.js');
  const judge = { limits, strict, commands, profile, ...(history === undefined ? {} : { history }) };
  return request.kind === 'resume'
    ? resumeComparison(request.folder, judge)
    : compareCommits(request, () => newFolder(out), judge);
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
): void {
  const labels = headers.flatMap((header) => header.strategies.flatMap(({ label, id }) => [label, id]));
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

function check(field: string, names: readonly string[], known: readonly string[]): void {
  for (const name of names.filter((each) => !known.includes(each))) {
    const near = closest(name, known);
    if (near !== undefined)
      throw new InputError(
        `the configuration has a limit for ${field}.${name}, and there is no such name on either side. Did you mean "${near}"?`,
      );
    note(`The limit for ${field}.${name} applies to nothing here: neither side has that name.`);
  }
}
