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
  /** A table on stdout, or, where the window is too narrow for it, one block per row. Cells are plain text. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): void;
}

export function openTerminal(): Terminal {
  const ui = cliui();
  const columns = () => (watched ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY);
  return {
    columns,
    update: (line) => ui.logger.logUpdate(line.slice(0, columns() - 1)),
    settle: () => ui.logger.logUpdatePersist(),
    table: (head, rows) => {
      if (widthOf([head, ...rows]) > columns()) for (const row of rows) say(block(head, row));
      else {
        const table = ui.table();
        table.head([...head]);
        for (const row of rows) table.row([...row]);
        table.render();
      }
    },
  };
}

/** Each column as wide as its widest cell, a blank on each side, lines between and around. */
function widthOf(rows: readonly (readonly string[])[]): number {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return widths.reduce((sum, width) => sum + width + 3, 1);
}

function block(head: readonly string[], row: readonly string[]): string {
  const names = Math.max(...head.map((name) => name.length));
  return `${head.map((name, column) => `${name.padEnd(names)}  ${row[column]}`).join('\n')}\n`;
}
