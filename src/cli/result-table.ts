import { relative } from 'node:path';
import type { Analysis } from '../analysis/types.js';
import { paragraph } from '../document/document.js';
import { answerText } from '../documents/verdict/answer.js';
import { overview } from '../documents/verdict/overview.js';
import type { WrittenReport } from '../report/write-report.js';
import { openTerminal } from './terminal.js';
import { say } from './terminal-lines.js';

/** At the end of a run: the answer, who wins where in the warm account or what it costs, and the verdict's path as the last line. */
export function printResult(analysis: Analysis, { verdictPath, skipped }: WrittenReport): void {
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
