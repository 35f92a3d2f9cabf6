import type { Block } from '../document/document.js';
import { appendToRegularFile } from '../files/append-file.js';
import { escapeTerminal } from '../render/escape.js';
import {
  blockTerminal,
  boxedTableLines,
  boxedTableWidth,
  tableLines,
  textTerminal,
  wrapLine,
} from '../render/terminal.js';
import { write } from './streams.js';

/** What is shown to somebody who watches, or written to a log. */
interface Terminal {
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
  let showsProgress = false;
  const columns = () => (watched ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY);
  const table: Terminal['table'] = (head, rows) => {
    // A log has no use for lines around its cells.
    const fits = watched && boxedTableWidth(head, rows) <= columns();
    say(fits ? boxedTableLines(head, rows) : tableLines(head, rows, columns()));
  };
  return {
    columns,
    // The cursor waits on the line below: whatever else is printed meanwhile begins a line of its own.
    update: (line) => {
      write('out', `${showsProgress ? lineAbove : ''}${escapeTerminal(line).slice(0, columns() - 1)}\n`);
      showsProgress = true;
    },
    settle: () => {
      showsProgress = false;
    },
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

/** Up one line, and clears it. */
const lineAbove = '\u001b[1A\u001b[2K\r';

/*
 * Plain lines. The result goes to stdout; what only tells how things are going goes to
 * stderr away from a terminal, so that stdout can be piped. Whatever comes from outside passes here on its way to a
 * terminal: codes that would steer it are shown instead.
 */

/** Does somebody watch stdout, so that a line may be written over? */
export const watched =
  process.stdout.isTTY === true && process.env.CI === undefined && process.env.TERM !== 'dumb';

/** A line of the result. */
export function say(line: string): void {
  write('out', `${escapeTerminal(line)}\n`);
}

/** A line on the way there. */
export function note(line: string): void {
  write(watched ? 'out' : 'err', `${escapeTerminal(line)}\n`);
}

/** Appends a summary to the page of a workflow's step, where one is asked for. Never costs the run. */
export function appendStepSummary(summary: () => string, path = process.env.GITHUB_STEP_SUMMARY): void {
  if (path === undefined || path === '') return;
  try {
    appendToRegularFile(path, `${summary()}\n`);
  } catch (cause) {
    note(`The summary could not be appended to ${path}: ${(cause as Error).message}`);
  }
}
