import { cliui } from '@poppinss/cliui';
import type { Block } from '../document/document.js';
import { escapeTerminal } from '../render/escape.js';
import {
  blockTerminal,
  columnWidths,
  tableLines,
  tableWidth,
  textTerminal,
  wrapLine,
} from '../render/terminal.js';
import { say, watched } from './terminal-lines.js';

/** The one place that knows the terminal library. */
export interface Terminal {
  /** Width in characters; infinite away from a terminal. A window may change its size during a run. */
  columns(): number;
  /** Replaces the line of progress; only where somebody watches. */
  update(line: string): void;
  /** Leaves the line of progress as it is and goes to the next. */
  settle(): void;
  /** A text on stdout, broken between words. */
  paragraph(text: string): void;
  /** A block of a document on stdout. */
  show(block: Block): void;
  /** A table on stdout: with lines where they fit, plain columns else, one block per row in a window too narrow for those. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): void;
}

export function openTerminal(): Terminal {
  const ui = cliui();
  const columns = () => (watched ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY);
  const table: Terminal['table'] = (head, rows) => {
    const widths = columnWidths([head, ...rows]);
    // The library draws its lines in colour wherever they go, and a log has no use for either.
    if (watched && tableWidth(widths, boxed) <= columns()) boxedTable(ui, head, rows);
    else say(tableLines(head, rows, columns()));
  };
  return {
    columns,
    update: (line) => ui.logger.logUpdate(escapeTerminal(line).slice(0, columns() - 1)),
    settle: () => ui.logger.logUpdatePersist(),
    paragraph: (text) => say(wrapLine(text, columns())),
    show: (block) => {
      if (block.kind !== 'table') say(blockTerminal(block, columns()));
      else
        table(
          block.columns.map(({ head }) => textTerminal(head)),
          block.rows.map((row) => row.map(textTerminal)),
        );
    },
    table,
  };
}

/** What the library puts between two cells: two blanks on each side of a line. */
const boxed = 5;

function boxedTable(
  ui: ReturnType<typeof cliui>,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const table = ui.table();
  table.head(head.map(escapeTerminal));
  for (const row of rows) table.row(row.map(escapeTerminal));
  table.render();
}
