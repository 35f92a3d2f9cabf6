import type { Pointer } from '../pointers.js';

/** Where a figure stands on the page, as its reader sees it. */
export interface Place {
  /** The last `##` heading above; empty for the title. */
  readonly section: string;
  /** The last `###` heading above, in the same section. */
  readonly part: string;
  /** The last line above that asks something. */
  readonly asked: string;
  readonly line: string;
  /** Of a table row its cell, else of the line. */
  readonly before: string;
  readonly after: string;
  /** The last line of prose above a table; empty elsewhere. */
  readonly intro: string;
  /** Only in a table. */
  readonly table?: TablePlace;
}

export interface TablePlace {
  readonly head: readonly string[];
  readonly row: readonly string[];
  /** Index of the column. */
  readonly at: number;
  readonly inHead: boolean;
}

/** Finds the places of figures on a page. */
export function placesOn(verdict: string): (pointer: Pointer) => Place {
  const lines = verdict.split('\n');
  const above = (from: number, is: (line: string) => boolean, until = (_line: string) => false) => {
    for (let i = from; i >= 0; i--) {
      if (is(lines[i])) return i;
      if (until(lines[i])) return undefined;
    }
    return undefined;
  };
  const isSection = (line: string) => line.startsWith('## ');
  const textAt = (at: number | undefined, mark: number) => (at === undefined ? '' : lines[at].slice(mark));
  return ({ line: number, column, text }) => {
    const at = number - 1;
    const line = lines[at] ?? '';
    const part = above(at, (one) => one.startsWith('### '), isSection);
    const place = {
      section: textAt(above(at, isSection), 3),
      part: textAt(part, 4),
      asked: textAt(
        above(at, (one) => one.endsWith('?'), isSection),
        0,
      ),
      line,
    };
    const [start, end] = [column - 1, column - 1 + text.length];
    if (!line.startsWith('| '))
      return { ...place, intro: '', before: line.slice(0, start), after: line.slice(end) };
    let first = at;
    while (lines[first - 1]?.startsWith('|')) first--;
    const before = line.slice(0, start);
    const own = cellsOf(before).length - 1;
    return {
      ...place,
      intro: textAt(
        above(first - 1, (one) => one !== ''),
        0,
      ),
      before: cellsOf(before)[own].trimStart(),
      after: cellsOf(`|${line.slice(end)}`)[0].trimEnd(),
      table: { head: trimmed(lines[first]), row: trimmed(line), at: own, inHead: first === at },
    };
  };
}

/** Of a row that may be cut: a bar within a cell is written `\|`. */
function cellsOf(row: string): string[] {
  return row.slice(1).split(/(?<!\\)\|/);
}

function trimmed(row: string): string[] {
  return cellsOf(row)
    .slice(0, -1)
    .map((cell) => cell.trim());
}
