import { join } from 'node:path';
import { compare } from '../../compare/compare.js';
import type { ExitCode } from '../exit.js';
import { checkOutFolder, claimRunFolder } from '../out-folder.js';
import type { CompareRequest } from './arguments.js';
import { readConfig } from './config.js';
import { checkHistory, remember, showHistory } from './history.js';
import { checkLimitNames } from './limit-names.js';
import { storedSide } from './stored.js';

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
