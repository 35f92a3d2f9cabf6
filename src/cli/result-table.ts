import { relative } from 'node:path';
import type { Analysis } from '../analysis/types.js';
import type { WrittenReport } from '../report/report.js';
import { openTerminal } from './terminal.js';

/** At the end of a run: who wins where in the warm account, then the verdict's path as the last line of stdout. */
export function printResult(analysis: Analysis, written: WrittenReport): void {
  const terminal = openTerminal();
  for (const line of written.headline) terminal.line(line);
  if (written.table.rows.length > 0) terminal.table(written.table.head, written.table.rows);
  for (const note of [...analysis.notes, ...written.skipped]) terminal.line(note);
  terminal.line(relative(process.cwd(), written.verdictPath) || written.verdictPath);
}
