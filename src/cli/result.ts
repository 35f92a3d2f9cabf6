import { relative } from 'node:path';
import { unfitIds } from '../analysis/findings/machine-state.js';
import type { Analysis } from '../analysis/types.js';
import type { RunEnd } from '../app/bench.js';
import { type ReportedRun, summary } from '../app/report/verdict.js';
import { paragraph } from '../document/document.js';
import { allCells } from '../documents/lookup.js';
import { summaryDocument } from '../documents/verdict/verdict.js';
import { ExitCode, worstOf } from './exit.js';
import { appendStepSummary, note, openTerminal, say } from './terminal.js';

/** At the end of a run: its first screen, or what it costs where nobody is anybody's rival, and the verdict's path as the last line. */
export function printResult({ analysis, scaling, written }: ReportedRun): void {
  const terminal = openTerminal();
  const { title, sections } = summaryDocument(analysis, scaling);
  for (const block of [paragraph(title), ...sections.flatMap(({ blocks }) => blocks)]) {
    say('');
    terminal.show(block);
  }
  say('');
  for (const line of [...analysis.notes, ...written.skipped]) terminal.paragraph(line);
  say(relative(process.cwd(), written.path) || written.path);
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

/** The end of a run that was measured: shows it, and turns it into an exit code. */
export function endRun(run: RunEnd, { strict }: { readonly strict: boolean }): ExitCode {
  const { analysis, scaling, status, hasFailed } = run;
  printResult(run);
  appendStepSummary(() => summary(analysis, scaling));
  const interrupted = status === 'interrupted';
  return worstOf([
    interrupted ? ExitCode.interrupted : codeOfAnalysis(analysis),
    hasFailed ? ExitCode.foundSomethingBad : ExitCode.fine,
    isUnfit(analysis) ? ExitCode.unfit : ExitCode.fine,
    strict && isUndecided(analysis) ? ExitCode.undecided : ExitCode.fine,
  ]);
}
