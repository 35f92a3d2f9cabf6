import {
  type TimelineChart,
  type TimelinePart,
  type TimelineSpan,
  timelineLooks,
} from '../document/chart.js';
import type { Block, Document, Inline, Section, Text } from '../document/document.js';
import { formatNs, printFigure } from '../document/units.js';
import { escapeTerminal, tidyQuote } from './escape.js';

/* A document for a terminal: plain text, broken between words, tables in columns where they fit. */

/** `width` in characters; infinite away from a terminal. */
export function renderTerminal({ title, sections }: Document, width: number): string {
  return `${[wrapLine(textTerminal(title), width), ...sections.map((section) => sectionTerminal(section, width))].join('\n\n')}\n`;
}

export function sectionTerminal({ title, blocks }: Section, width: number): string {
  const head = title.length === 0 ? [] : [wrapLine(textTerminal(title), width)];
  return [...head, ...blocks.map((block) => blockTerminal(block, width))].join('\n\n');
}

export function blockTerminal(block: Block, width: number): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
    case 'caution':
      return wrapLine(textTerminal(block.text), width);
    case 'list':
      return block.items.map((item) => wrapLine(`- ${textTerminal(item)}`, width, 2)).join('\n');
    case 'code':
      return escapeTerminal(block.lines);
    case 'table':
      return tableLines(
        block.columns.map(({ head }) => textTerminal(head)),
        block.rows.map((row) => row.map(textTerminal)),
        width,
      );
    case 'chart': {
      const named = wrapLine([textTerminal(block.alt), block.file ?? 'not drawn'].join(': '), width);
      if (block.chart.kind !== 'timeline') return named;
      // In a narrower window a lane would say nothing.
      const lines = width < widthOfTimelines ? '' : timelineLines(block.chart, width);
      if (block.file === undefined) return lines;
      return lines === '' ? named : `${named}\n\n${lines}`;
    }
    case 'details':
      return [textTerminal(block.summary), ...block.blocks.map((each) => blockTerminal(each, width))].join(
        '\n\n',
      );
  }
}

export function textTerminal(text: Text): string {
  return text.map(inlineTerminal).join('');
}

function inlineTerminal(part: Inline): string {
  if (typeof part === 'string') return escapeTerminal(part);
  switch (part.kind) {
    case 'figure':
      return escapeTerminal(printFigure(part));
    case 'quote':
      return escapeTerminal(tidyQuote(part.shown));
    case 'code':
      return `\`${typeof part.text === 'string' ? escapeTerminal(part.text) : inlineTerminal(part.text)}\``;
    case 'strong':
    case 'emphasis':
      return textTerminal(part.text);
    case 'link':
      return `${textTerminal(part.text)} (${part.to})`;
  }
}

/** What a part of a timeline is written as. */
const letters: ReadonlyMap<TimelinePart, string> = new Map([
  ['compute', 'c'],
  ['new memory', 'n'],
  ['pack', 'p'],
  ['serialise', 's'],
  ['transfer', 't'],
  ['deserialise', 'd'],
  ['merge', 'm'],
  ['gc', 'g'],
  ['wait', 'w'],
  ['idle', '·'],
]);

/** The least width of a window that a timeline is shown in, in columns. */
const widthOfTimelines = 80;

/** Wide enough for most, where nothing limits a line. */
const widestLane = 100;

/** A lane as a line of letters, each for an equal time: what most of that time went to. */
export function timelineLines({ groups }: TimelineChart, width: number): string {
  const names = groups.flatMap(({ lanes }) => lanes.map(({ name }) => escapeTerminal(name)));
  const margin = Math.max(0, ...names.map((name) => name.length)) + 2 * blanks.length;
  const cells = Math.max(10, Math.min(widestLane, width) - margin);
  const cellNs = Math.max(...groups.map(({ endNs }) => endNs)) / cells;
  const used = new Set<TimelinePart>();
  const drawn = groups.flatMap(({ name, endNs, lanes }) => [
    `${escapeTerminal(name)}: ${formatNs(endNs)}`,
    ...lanes.map((lane) => {
      const line = Array.from({ length: cells }, (_, cell) => {
        const part = findMainPart(lane.spans, cell * cellNs, (cell + 1) * cellNs);
        if (part === undefined) return ' ';
        used.add(part);
        return letters.get(part) ?? '?';
      });
      const label = `${blanks}${escapeTerminal(lane.name)}`.padEnd(margin);
      return `${label}${line.join('')}`.trimEnd();
    }),
  ]);
  const legend = [...timelineLooks].flatMap(([part, { means }]) =>
    used.has(part) ? [`${letters.get(part)} ${means}`] : [],
  );
  return [...drawn, '', wrapLine(`A letter is ${formatNs(cellNs)}. ${legend.join(', ')}.`, width)].join('\n');
}

/** Of these spans the part that takes most of the time from here to there; undefined where most of it is empty. */
function findMainPart(spans: readonly TimelineSpan[], from: number, to: number): TimelinePart | undefined {
  const times = new Map<TimelinePart, number>();
  for (const span of spans) {
    const ns = Math.min(span.to, to) - Math.max(span.from, from);
    if (ns > 0) times.set(span.part, (times.get(span.part) ?? 0) + ns);
  }
  const covered = [...times.values()].reduce((sum, ns) => sum + ns, 0);
  // It lies below all: only what nothing else takes counts.
  const idleNs = times.get('idle');
  if (idleNs !== undefined) times.set('idle', Math.max(0, 2 * idleNs - covered));
  const [most] = [...times].sort(([, a], [, b]) => b - a);
  return covered < (to - from) / 2 ? undefined : most[0];
}

/** What stands between two columns. */
const blanks = '  ';

/** A table as plain columns where they fit, one block of lines per row else. */
export function tableLines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const widths = columnWidths([head, ...rows]);
  if (tableWidth(widths, blanks.length) > width)
    return rows.map((row) => rowBlock(head, row, width)).join('\n');
  return [head, ...rows].map((row) => alignRow(row, widths)).join('\n');
}

/** A table with lines around its cells and two blanks beside each of them. */
export function boxedTableLines(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = columnWidths([head, ...rows]);
  const rule = ([left, between, right]: readonly string[]) =>
    `${left}${widths.map((width) => '─'.repeat(width + 2 * blanks.length)).join(between)}${right}`;
  const line = (row: readonly string[]) =>
    `│${row.map((cell, column) => `${blanks}${cell.padEnd(widths[column])}${blanks}`).join('│')}│`;
  return [
    rule(['┌', '┬', '┐']),
    line(head),
    rule(['├', '┼', '┤']),
    ...rows.map(line),
    rule(['└', '┴', '┘']),
  ].join('\n');
}

export function boxedTableWidth(head: readonly string[], rows: readonly (readonly string[])[]): number {
  return tableWidth(columnWidths([head, ...rows]), 2 * blanks.length + 1);
}

/** Characters of the longest cell of each column. */
function columnWidths(rows: readonly (readonly string[])[]): number[] {
  return rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
}

/** Characters of a whole line, with so many between two columns. */
function tableWidth(widths: readonly number[], between: number): number {
  return widths.reduce((sum, width) => sum + width + between, 1);
}

function alignRow(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => cell.padEnd(widths[column]))
    .join(blanks)
    .trimEnd();
}

function rowBlock(head: readonly string[], row: readonly string[], width: number): string {
  const names = Math.max(...head.map((name) => name.length));
  const lines = head.map((name, column) =>
    wrapLine(`${name.padEnd(names)}${blanks}${row[column]}`, width, names + blanks.length),
  );
  return `${lines.join('\n')}\n`;
}

/** Breaks a line between words; what is continued stands `indent` blanks further in. */
export function wrapLine(text: string, width: number, indent = 0): string {
  if (text.length <= width) return text;
  const at = text.lastIndexOf(' ', width);
  if (at <= indent) return text;
  return `${text.slice(0, at)}\n${wrapLine(`${' '.repeat(indent)}${text.slice(at + 1)}`, width, indent)}`;
}
