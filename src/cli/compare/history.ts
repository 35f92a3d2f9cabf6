import { writeHistory } from '../../app/report/comparison/write-history.js';
import { type Repository, readCommitTime } from '../../checkout/git.js';
import type { Side } from '../../compare/compare.js';
import { appendHistory, readHistory } from '../../compare/history/file.js';
import { reportHistory, withHistory } from '../../compare/history/history.js';
import { makeHistoryLines } from '../../compare/history/line.js';
import type { Comparison } from '../../compare/types.js';
import { InputError } from '../../contract/errors.js';
import { historyHeadline } from '../../documents/history.js';
import { shellWord } from '../../files/shell.js';
import { readHost } from '../../measure/host.js';
import { type Both, sideNames } from '../../measure/interleaved/plan.js';
import { textTerminal } from '../../render/terminal.js';
import { ExitCode } from '../exit.js';
import { checkOutFile } from '../out.js';
import { note, say } from '../terminal.js';
import type { Job } from './job.js';

/** Before anything is measured: it can be written, and what is there is a history. Throws an InputError. */
export function checkHistory(file: string): void {
  checkOutFile(file, '--history');
  readHistory(file);
}

/** A comparison of stored runs with what history knows of it; nothing is added: such runs do not say their commit. */
export function remember(comparison: Comparison, head: Side, file: string | undefined): Comparison {
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

/** `compare --history FILE` alone: what changed when, without measuring. */
export function showHistory(file: string, folder: string): ExitCode {
  const history = readHistory(file);
  if (history.lines.length === 0)
    throw new InputError(
      `${file} has no line of a history yet: breakeven compare --base REF --history ${shellWord(file)} adds the first.`,
    );
  const here = reportHistory(history, readHost().fingerprint);
  // A history that came from elsewhere, as an artifact, is looked at where it is.
  const report = here.machine === undefined ? reportHistory(history) : here;
  const { markdownPath, skipped } = writeHistory(report, folder);
  for (const sentence of skipped) note(sentence);
  say(textTerminal(historyHeadline(report)));
  say(markdownPath);
  return ExitCode.fine;
}
