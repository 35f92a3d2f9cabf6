import { relative } from 'node:path';
import { analyse } from '../analysis/analyse.js';
import { unfitIds } from '../analysis/findings/machine-state.js';
import type { Analysis } from '../analysis/types.js';
import { reportInstead, type WrittenReport, writeReport } from '../app/report/write-report.js';
import { paragraph } from '../document/document.js';
import { allCells } from '../documents/lookup.js';
import { summaryDocument } from '../documents/verdict/verdict.js';
import { pinFolder } from '../files/pinned-folders.js';
import { modelsOf } from '../model/profile.js';
import type { Bandwidth } from '../model/scaling/roof.js';
import { type Scaling, scalingOf } from '../model/scaling/scaling.js';
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
    scaling,
    await writeReport(analysis, folder, undefined, models, scaling, reportInstead(resultsPath)),
  );
  return analysis;
}

/** Is it open for a server at some point which side to take? Where nobody is anybody's rival, nobody asked. */
export function isUndecided({ decision, prices }: Analysis): boolean {
  if (prices?.alone) return false;
  const server = decision.situations.find(({ situation }) => situation === 'server');
  return server === undefined || server.points.some(({ sure }) => sure.kind === 'open');
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

/** At the end of a run: its first screen, or what it costs where nobody is anybody's rival, and the verdict's path as the last line. */
function printResult(
  analysis: Analysis,
  scaling: readonly Scaling[],
  { verdictPath, skipped }: WrittenReport,
): void {
  const terminal = openTerminal();
  const { title, sections } = summaryDocument(analysis, scaling);
  for (const block of [paragraph(title), ...sections.flatMap(({ blocks }) => blocks)]) {
    say('');
    terminal.show(block);
  }
  say('');
  for (const line of [...analysis.notes, ...skipped]) terminal.paragraph(line);
  say(relative(process.cwd(), verdictPath) || verdictPath);
}
