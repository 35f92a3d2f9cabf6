import type { NoPrice } from '../../analysis/section-types.js';
import type { Analysis, Estimate, PriceFigure, PriceLine } from '../../analysis/types.js';
import {
  type Block,
  type Column,
  code,
  type Hole,
  heading,
  list,
  paragraph,
  quote,
  type Section,
  type Table,
  type Text,
  table,
  text,
} from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { capital, joinedBy, listed } from '../../document/words.js';
import {
  figuresOf,
  groupNames,
  largestSizes,
  mainPrices,
  type NamedRow,
  rowsOf,
  sizeFigure,
  sizesOf,
} from '../prices.js';
import { tool } from '../tool.js';
import { chartBlocks, type VerdictChart } from './charts.js';

/** The price list of a scenario that asks for one: tables and charts. Nothing where none does. */
export function pricesSection(analysis: Analysis, charts: readonly VerdictChart[]): Section | undefined {
  if (analysis.prices === undefined) return undefined;
  const used = new Set(analysis.prices.rows.map(({ price }) => price.strategy));
  const strategies = analysis.header.strategies.filter(({ label }) => used.has(label));
  return {
    id: 'prices',
    title: ['What it costs, one by one'],
    blocks: [
      paragraph('Each figure is a part of one of these, timed by itself:'),
      ...list(strategies.map((strategy) => text`${code(strategy.label)}: ${quote(strategy, 'title')}`)),
      ...pricesBlocks(analysis),
      ...chartBlocks(charts.filter(({ kind }) => kind === 'prices')),
    ],
  };
}

/** The tables alone. */
export function pricesBlocks(analysis: Analysis): Block[] {
  return [...numberBlocks(analysis), ...eventBlocks(analysis), ...unpricedBlocks(analysis)];
}

/** Lines that miss a size by so much say nothing. */
const mostOffBy = 0.25;

function numberBlocks(analysis: Analysis): Block[] {
  const rows = rowsOf(analysis, 'number');
  if (rows.length === 0) return [];
  const hasLine = rows.some(({ row }) => row.figures.some((each) => each.kind === 'by size' && each.line));
  const aboutLine = hasLine
    ? ' The line goes through all sizes: so much per number, and so much on top for each event. Where it misses a ' +
      'size by a quarter or more there is none: what one number costs depends on how many there are.'
    : '';
  return [
    heading('What grows with the data'),
    paragraph(
      text`Time over numbers at each size, with its ${intervalLevel()} interval over rounds: what the event itself costs is in it, and so is what a cache saves.${aboutLine}`,
    ),
    ...groupNames(analysis).flatMap((name, group) => groupTable(rows, name, group, hasLine)),
  ];
}

function intervalLevel() {
  return figure(tool, 'levelOfIntervals', 'level');
}

/** One kind of numbers: a row per part, a column per size. */
function groupTable(rows: readonly NamedRow[], name: Text, group: number, hasLine: boolean): Block[] {
  const figureOf = ({ row }: NamedRow) => row.figures[group];
  const measured = rows.flatMap((row) => sizesOf(figureOf(row)));
  const sizes = [...new Set(measured.map(({ elements }) => elements))].sort((a, b) => a - b);
  if (sizes.length === 0) return [];
  const bySize = (size: number): Column<NamedRow> => ({
    head: text`per number of ${sizeFigure(measured, size)}`,
    align: 'right',
    of: (row) => {
      const at = sizesOf(figureOf(row)).find(({ elements }) => elements === size);
      return at && figure(at, 'perNumberNs', 'ns');
    },
  });
  return [
    table<NamedRow>(
      [
        { head: capital(name), of: (row) => row.name },
        { head: 'in', of: ({ where }) => where },
        ...sizes.map(bySize),
        hasLine
          ? { head: 'line: per number', align: 'right', of: (row) => perNumberText(lineOf(figureOf(row))) }
          : undefined,
        hasLine
          ? { head: 'and per event', align: 'right', of: (row) => perEventText(lineOf(figureOf(row))) }
          : undefined,
        sourceColumn(rows),
      ],
      rows,
    ),
  ];
}

function lineOf(price: PriceFigure): PriceLine | undefined {
  return price.kind === 'by size' ? price.line : undefined;
}

function missesSizes({ offBy }: PriceLine): boolean {
  return offBy !== undefined && offBy >= mostOffBy;
}

function perNumberText(line: PriceLine | undefined): Hole {
  if (line === undefined) return undefined;
  return missesSizes(line)
    ? text`none: off by ${figure(line, 'offBy', 'share')}`
    : figure(line, 'perNumberNs', 'ns');
}

/** An event that cannot be told from none, under so many numbers, is said to be so: "0.3 µs [0, 5]" tells nobody more. */
function perEventText(line: PriceLine | undefined): Hole {
  if (line === undefined || missesSizes(line)) return undefined;
  const { interval }: Estimate = line.perEventNs;
  if (interval === undefined || interval.low > 0) return figure(line, 'perEventNs', 'ns');
  return interval.high <= 0 ? 'none' : text`below ${figure(interval, 'high', 'ns', { digits: 2 })}`;
}

function eventBlocks(analysis: Analysis): Block[] {
  const rows = rowsOf(analysis, 'event');
  if (rows.length === 0) return [];
  return [
    heading('What does not'),
    paragraph(
      text`Geometric mean over all sizes and kinds of numbers, with its ${intervalLevel()} interval over rounds.`,
    ),
    table<NamedRow>(
      [
        { head: 'what', of: ({ name }) => name },
        { head: 'in', of: ({ where }) => where },
        { head: 'per event', align: 'right', of: ({ row }) => mainPrices(row, [])[0]?.figure },
        sourceColumn(rows),
      ],
      rows,
    ),
  ];
}

/** What the source says of it; no column where it says nothing. */
function sourceColumn(rows: readonly NamedRow[]): Column<NamedRow> | undefined {
  if (rows.every(({ row }) => row.price.source === undefined)) return undefined;
  return { head: 'the source', align: 'right', of: sourceText };
}

function sourceText({ row }: NamedRow): Hole {
  const { source } = row.price;
  if (source === undefined) return undefined;
  const low = figure(source, 'low', 'ns');
  return source.low === source.high ? low : text`${low} to ${figure(source, 'high', 'ns')}`;
}

/** Rows without any price, those that lack it for the same reason together. */
function unpricedBlocks(analysis: Analysis): Block[] {
  const groups = new Map<string, { readonly why: NoPrice; readonly whats: Hole[] }>();
  for (const row of analysis.prices?.rows ?? []) {
    const figures = figuresOf(row);
    const none = figures.flatMap((each) => (each.kind === 'none' ? [each] : []));
    const [first] = none;
    if (none.length < figures.length || first === undefined) continue;
    const key = JSON.stringify(first.why);
    const same = groups.get(key) ?? { why: first.why, whats: [] };
    same.whats.push(quote(row.price, 'what'));
    groups.set(key, same);
  }
  const items = [...groups.values()].map(({ why, whats }) => text`${listed(whats)}: ${noPriceText(why)}`);
  return items.length === 0 ? [] : [paragraph('Without a price:'), ...list(items)];
}

function noPriceText(why: NoPrice): Hole {
  switch (why.kind) {
    case 'too short':
      return 'below the timer, or not a stage of its own';
    case 'no common round':
      return 'no round has a time of every size';
    case 'not measured':
      return 'not measured';
    case 'no time':
      return quote(why, 'reason');
  }
}

/** The short form for a terminal: each row at the largest size of each group. */
export function pricesOverview(analysis: Analysis): Table {
  const names = groupNames(analysis);
  const sizes = largestSizes(analysis);
  // Of events alone there is no size.
  const groups = sizes.flatMap((size, group) => (size === undefined ? [] : [{ size, group }]));
  const all = [...rowsOf(analysis, 'number'), ...rowsOf(analysis, 'event')];
  const measured = all.flatMap(({ row }) => row.figures.flatMap(sizesOf));
  return table<NamedRow>(
    [
      { head: 'what', of: ({ name }) => name },
      { head: 'in', of: ({ where }) => where },
      ...groups.map(
        ({ size, group }): Column<NamedRow> => ({
          head: joinedBy(
            [text`per number of ${sizeFigure(measured, size)}`, ...(names.length > 1 ? [names[group]] : [])],
            ', ',
          ),
          align: 'right',
          of: ({ row }) => (row.event === undefined ? mainPrices(row, sizes)[group]?.figure : undefined),
        }),
      ),
      {
        head: 'per event',
        align: 'right',
        of: ({ row }) => (row.event === undefined ? undefined : mainPrices(row, sizes)[0]?.figure),
      },
    ],
    all,
  );
}
