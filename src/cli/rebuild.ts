import { relative } from 'node:path';
import { analyse } from '../analysis/analyse.js';
import { unfitIds } from '../analysis/findings/machine-state.js';
import type { Analysis } from '../analysis/types.js';
import { reportInstead, type WrittenReport, writeReport } from '../app/report/write-report.js';
import { paragraph } from '../document/document.js';
import { allCells } from '../documents/lookup.js';
import { answerText } from '../documents/verdict/answer.js';
import { overview } from '../documents/verdict/overview.js';
import { pinFolder } from '../files/pinned-folders.js';
import { modelsOf } from '../model/profile.js';
import type { Bandwidth } from '../model/scaling/roof.js';
import { scalingOf } from '../model/scaling/scaling.js';
import { readResults } from '../results/reader.js';
import { ExitCode } from './exit.js';
import { note, openTerminal, say } from './terminal.js';

/** From a results file to charts, verdict and the end of the output: the one way for `bench` and `report`. */
export async function rebuild(resultsPath: string, folder: string, bandwidth?: Bandwidth): Promise<Analysis> {
  pinFolder(folder);
  const results = readResults(resultsPath);
  const analysis = analyse(results);
  const models = modelsOf(results);
  const scaling = scalingOf(results, models, { bandwidth });
  printResult(
    analysis,
    await writeReport(analysis, folder, undefined, models, scaling, reportInstead(resultsPath)),
  );
  return analysis;
}

/** Does the warm account leave a point without an answer? Where nobody is anybody's rival, nobody asked. */
export function isUndecided({ accounts, prices }: Analysis): boolean {
  if (prices?.alone) return false;
  const warm = accounts.find(({ account }) => account === 'warm');
  return warm === undefined || warm.points.some(({ label }) => label.kind === 'undecided');
}

/** Has no cell a time? That its verdict finds nothing then says nothing. */
export function isUnmeasured({ accounts }: Analysis): boolean {
  return !accounts.some(({ points }) =>
    points.some((point) => allCells(point).some(({ state }) => state.kind === 'measured')),
  );
}

/** Exit code of a run that was looked at: nothing measured is no 0, whatever the reason. */
export function codeOfAnalysis(analysis: Analysis): ExitCode {
  if (!isUnmeasured(analysis)) return ExitCode.fine;
  note(
    'Nothing was measured: no cell has a time. The verdict says what became of each; mend that, or give cells more time with --limit.',
  );
  return ExitCode.unfit;
}

/** Was the machine too busy for any verdict? */
export function isUnfit({ findings }: Analysis): boolean {
  return findings.some(({ severity, id }) => severity === 'blocker' && unfitIds.includes(id));
}

/** At the end of a run: the answer, who wins where in the warm account or what it costs, and the verdict's path as the last line. */
function printResult(analysis: Analysis, { verdictPath, skipped }: WrittenReport): void {
  const terminal = openTerminal();
  say('');
  const { title, table } = overview(analysis);
  if (table.rows.length > 0) {
    say(title);
    terminal.show(table);
  }
  terminal.show(paragraph(answerText(analysis)));
  say('');
  for (const line of [...analysis.notes, ...skipped]) terminal.paragraph(line);
  say(relative(process.cwd(), verdictPath) || verdictPath);
}
