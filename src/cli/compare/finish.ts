import type { Comparison } from '../../compare/types.js';
import { headline } from '../../report/comparison/headline.js';
import { comparisonSummary } from '../../report/comparison/markdown.js';
import { writeComparison } from '../../report/comparison/write-comparison.js';
import { ExitCode } from '../exit.js';
import { appendStepSummary } from '../step-summary.js';
import { note, say } from '../terminal-lines.js';

/** Writes a comparison, says what it found, and turns it into an exit code. */
export function finish(comparison: Comparison, folder: string, strict: boolean): ExitCode {
  const { markdownPath, skipped } = writeComparison(comparison, folder);
  for (const sentence of skipped) note(sentence);
  appendStepSummary(() => comparisonSummary(comparison));
  say(headline(comparison));
  say(markdownPath);
  return exitCodeFor(comparison, strict);
}

export function exitCodeFor({ verdict }: Pick<Comparison, 'verdict'>, strict: boolean): ExitCode {
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
