import { cliui } from '@poppinss/cliui';
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
  /** A table on stdout: with lines where they fit, plain columns else, one block per row in a window too narrow for those. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): void;
}

export function openTerminal(): Terminal {
  const ui = cliui();
  const columns = () => (watched ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY);
  return {
    columns,
    update: (line) => ui.logger.logUpdate(line.slice(0, columns() - 1)),
    settle: () => ui.logger.logUpdatePersist(),
    paragraph: (text) => say(wrapped(text, columns())),
    table: (head, rows) => {
      const widths = widthsOf([head, ...rows]);
      const total = (between: number) => widths.reduce((sum, width) => sum + width + between, 1);
      // The library draws its lines in colour wherever they go, and a log has no use for either.
      if (watched && total(boxed) <= columns()) boxedTable(ui, head, rows);
      else if (total(blanks.length) <= columns())
        for (const row of [head, ...rows]) say(aligned(row, widths));
      else for (const row of rows) say(block(head, row, columns()));
    },
  };
}

/** What stands between two cells: blanks, or two blanks on each side of a line. */
const blanks = '  ';
const boxed = 5;

function boxedTable(
  ui: ReturnType<typeof cliui>,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const table = ui.table();
  table.head([...head]);
  for (const row of rows) table.row([...row]);
  table.render();
}

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  return rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
}

function aligned(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => cell.padEnd(widths[column]))
    .join(blanks)
    .trimEnd();
}

function block(head: readonly string[], row: readonly string[], width: number): string {
  const names = Math.max(...head.map((name) => name.length));
  const lines = head.map((name, column) =>
    wrapped(`${name.padEnd(names)}${blanks}${row[column]}`, width, names + blanks.length),
  );
  return `${lines.join('\n')}\n`;
}

/** Breaks a line between words; what is continued stands `indent` blanks further in. */
function wrapped(text: string, width: number, indent = 0): string {
  if (text.length <= width) return text;
  const at = text.lastIndexOf(' ', width);
  if (at <= indent) return text;
  return `${text.slice(0, at)}\n${wrapped(`${' '.repeat(indent)}${text.slice(at + 1)}`, width, indent)}`;
}
