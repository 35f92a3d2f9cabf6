import { writeComparison } from '../../app/report/comparison/write-comparison.js';
import type { Comparison } from '../../compare/types.js';
import { comparisonDocument } from '../../documents/comparison/comparison.js';
import { headlineText } from '../../documents/comparison/headline.js';
import { renderMarkdown } from '../../render/markdown.js';
import { textTerminal } from '../../render/terminal.js';
import { ExitCode } from '../exit.js';
import { appendStepSummary, note, say } from '../terminal.js';

/** Writes a comparison, says what it found, and turns it into an exit code. */
export function finish(comparison: Comparison, folder: string, strict: boolean): ExitCode {
  const { markdownPath, skipped } = writeComparison(comparison, folder);
  for (const sentence of skipped) note(sentence);
  // A step's summary cannot show pictures that lie on the runner's disk.
  appendStepSummary(() => renderMarkdown(comparisonDocument(comparison)));
  say(textTerminal(headlineText(comparison)));
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
