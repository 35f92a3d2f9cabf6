import { cliui } from '@poppinss/cliui';

/** The one place that knows the terminal library. Everything for a person goes to stderr, but for the result. */
export interface Terminal {
  readonly interactive: boolean;
  readonly columns: number;
  /** Replaces the line of progress. */
  update(line: string): void;
  /** Leaves the line of progress as it is and goes to the next. */
  settle(): void;
  line(text: string): void;
  /** A table on stdout; cells are plain text. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): void;
}

export function openTerminal(): Terminal {
  const ui = cliui();
  const interactive = process.stdout.isTTY === true && process.env.CI === undefined;
  return {
    interactive,
    columns: process.stdout.columns ?? 100,
    update: (line) => ui.logger.logUpdate(line),
    settle: () => ui.logger.logUpdatePersist(),
    line: (text) => process.stdout.write(`${text}\n`),
    table: (head, rows) => {
      const table = ui.table();
      table.head([...head]);
      for (const row of rows) table.row([...row]);
      table.render();
    },
  };
}
