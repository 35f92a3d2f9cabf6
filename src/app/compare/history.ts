import { type Repository, readCommitTime } from '../../checkout/git.js';
import type { Side } from '../../compare/compare.js';
import { appendHistory, readHistory } from '../../compare/history/file.js';
import { reportHistory, withHistory } from '../../compare/history/history.js';
import { makeHistoryLines } from '../../compare/history/line.js';
import type { Comparison } from '../../compare/types.js';
import { InputError } from '../../contract/errors.js';
import type { Text } from '../../document/document.js';
import { historyHeadline } from '../../documents/history.js';
import { shellWord } from '../../files/shell.js';
import { readHost } from '../../measure/host.js';
import { type Both, sideNames } from '../../measure/interleaved/plan.js';
import type { Caller } from '../caller.js';
import { checkOutFile } from '../out.js';
import { comparisonInstead } from '../report/comparison.js';
import { historyPage } from '../report/history.js';
import { type WrittenPage, writePage } from '../report/page.js';
import type { Job } from './job.js';

/** Before anything is measured: it can be written, and what is there is a history. Throws an InputError. */
export function checkHistory(file: string): void {
  checkOutFile(file, '--history');
  readHistory(file);
}

/** A comparison of stored runs with what history knows of it; nothing is added: such runs do not say their commit. */
export function remember(
  comparison: Comparison,
  head: Side,
  file: string | undefined,
  { note }: Caller,
): Comparison {
  if (file === undefined) return comparison;
  note(
    `Nothing is added to ${file}: two stored runs do not say which commits they measured. compare --base does.`,
  );
  return withHistory(comparison, readHistory(file), head.runs[0].header.host.fingerprint);
}

interface Measured {
  readonly job: Job;
  readonly repository: Repository;
  /** The working tree differs from its commit. */
  readonly hasChanges: boolean;
  /** Id of the comparison. */
  readonly run: string;
}

/** Adds what was measured of both commits to the history, and looks back with it. A changed working tree is no commit. */
export async function keepHistory(
  comparison: Comparison,
  sides: Both<Side>,
  { job, repository, hasChanges, run }: Measured,
  file: string | undefined,
  { note }: Caller,
): Promise<Comparison> {
  if (file === undefined) return comparison;
  const isCommit = { base: true, head: job.tree === undefined || !hasChanges };
  if (!isCommit.head) note(`Of head nothing is added to ${file}: a working tree with changes is no commit.`);
  const lines = sideNames
    .filter((side) => isCommit[side])
    .flatMap((side) => {
      const { hash } = job[side];
      const commit = { hash, committedAt: readCommitTime(repository, hash) };
      return makeHistoryLines(commit, side, run, sides[side].runs);
    });
  const history = await appendHistory(file, lines);
  return withHistory(comparison, history, readHost().fingerprint);
}

/** What changed when in a history. */
export interface LookedBack {
  readonly kind: 'history';
  readonly headline: Text;
  readonly written: WrittenPage;
}

/** Looks at a history, without measuring: a page in a folder. */
export async function writeHistory(file: string, folder: string): Promise<LookedBack> {
  const history = readHistory(file);
  if (history.lines.length === 0)
    throw new InputError(
      `${file} has no line of a history yet: breakeven compare --base REF --history ${shellWord(file)} adds the first.`,
    );
  const here = reportHistory(history, readHost().fingerprint);
  // A history that came from elsewhere, as an artifact, is looked at where it is.
  const report = here.machine === undefined ? reportHistory(history) : here;
  const written = await writePage(historyPage(report), folder, comparisonInstead);
  return { kind: 'history', headline: historyHeadline(report), written };
}
