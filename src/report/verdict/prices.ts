import type { Analysis, Estimate, PriceFigure } from '../../analysis/types.js';
import type { ReportChart } from '../charts/charts.js';
import { capital, lineOf, listed, table } from '../plain-text.js';
import { constant } from '../pointers/constants.js';
import { told } from '../pointers/note.js';
import { figuresOf, groupNames, type NamedRow, rowsOf, sizesOf, sizeText } from '../prices.js';
import { formatNs, formatPercent, formatTime } from '../units.js';
import { embedded } from './embedded.js';

/** The price list of a scenario that asks for one: tables and charts. Empty where none does. */
export function pricesSection(analysis: Analysis, charts: readonly ReportChart[]): string[] {
  if (analysis.prices === undefined) return [];
  const used = new Set(analysis.prices.rows.map(({ price }) => price.strategy));
  const strategies = analysis.header.strategies.filter(({ label }) => used.has(label));
  return [
    [
      '## What it costs, one by one',
      'Each figure is a part of one of these, timed by itself:',
      strategies.map((strategy) => `- \`${strategy.label}\`: ${lineOf(strategy, 'title')}`).join('\n'),
      ...pricesMarkdown(analysis),
      ...embedded(charts.filter(({ kind }) => kind === 'prices')),
    ].join('\n\n'),
  ];
}

/** The tables alone. */
export function pricesMarkdown(analysis: Analysis): string[] {
  return [...numbersTable(analysis), ...eventsTable(analysis), ...withoutPrice(analysis)];
}

/** Lines that miss a size by so much say nothing. */
const mostOffBy = 0.25;

function numbersTable(analysis: Analysis): string[] {
  const rows = rowsOf(analysis, 'number');
  if (rows.length === 0) return [];
  const hasLine = rows.some(({ row }) => row.figures.some((each) => each.kind === 'by size' && each.line));
  return [
    '### What grows with the data',
    `Time over numbers at each size, with its ${constant('level of intervals')} interval over rounds: what the event itself ` +
      'costs is in it, and so is what a cache saves.' +
      (hasLine
        ? ' The line goes through all sizes: so much per number, and so much on top for each event. Where it misses a ' +
          'size by a quarter or more there is none: what one number costs depends on how many there are.'
        : ''),
    ...groupNames(analysis).flatMap((name, group) => groupTable(rows, name, group, hasLine)),
  ];
}

/** One kind of numbers: a row per part, a column per size. */
function groupTable(rows: readonly NamedRow[], name: string, group: number, hasLine: boolean): string[] {
  const figures = rows.map(({ row }) => row.figures[group]);
  const measured = figures.flatMap(sizesOf);
  const sizes = [...new Set(measured.map(({ elements }) => elements))].sort((a, b) => a - b);
  if (sizes.length === 0) return [];
  const withSource = rows.some(({ row }) => row.price.source !== undefined);
  const head = [
    capital(name),
    'in',
    ...sizes.map((size) => `per number of ${sizeText(measured, size)}`),
    ...(hasLine ? ['line: per number', 'and per event'] : []),
    ...(withSource ? ['the source'] : []),
  ];
  const cells = rows.map((row, i) => [
    row.name,
    row.where,
    ...sizes.map((size) => {
      const found = sizesOf(figures[i]).find(({ elements }) => elements === size);
      return found === undefined ? '–' : formatTime(found.perNumberNs);
    }),
    ...(hasLine ? lineCells(figures[i]) : []),
    ...(withSource ? [sourceText(row)] : []),
  ]);
  return [table(head, cells)];
}

function lineCells(figure: PriceFigure): string[] {
  const line = figure.kind === 'by size' ? figure.line : undefined;
  if (line === undefined) return ['–', '–'];
  const { perNumberNs, perEventNs, offBy } = line;
  if (offBy !== undefined && offBy >= mostOffBy)
    return [`none: off by ${told(line, 'offBy', formatPercent)}`, '–'];
  return [formatTime(perNumberNs), eventText(perEventNs)];
}

/** An event that cannot be told from none, under so many numbers, is said to be so: "0.3 µs [0, 5]" tells nobody more. */
function eventText(time: Estimate): string {
  const { interval } = time;
  if (interval !== undefined && interval.low <= 0)
    return interval.high <= 0 ? 'none' : `below ${told(interval, 'high', (ns) => formatNs(ns, 2))}`;
  return formatTime(time);
}

function eventsTable(analysis: Analysis): string[] {
  const rows = rowsOf(analysis, 'event');
  if (rows.length === 0) return [];
  const withSource = rows.some(({ row }) => row.price.source !== undefined);
  return [
    '### What does not',
    `Geometric mean over all sizes and kinds of numbers, with its ${constant('level of intervals')} interval over rounds.`,
    table(
      ['what', 'in', 'per event', ...(withSource ? ['the source'] : [])],
      rows.map((row) => {
        const { event } = row.row;
        const time = event?.kind === 'priced' ? event.perEventNs : undefined;
        return [
          row.name,
          row.where,
          time === undefined ? '–' : formatTime(time),
          ...(withSource ? [sourceText(row)] : []),
        ];
      }),
    ),
  ];
}

function sourceText({ row }: NamedRow): string {
  const { source } = row.price;
  if (source === undefined) return '–';
  const low = told(source, 'low', formatNs);
  return source.low === source.high ? low : `${low} to ${told(source, 'high', formatNs)}`;
}

/** Rows that have no price for the same reason. */
interface Reasoned {
  readonly first: { readonly reason: string };
  readonly whats: string[];
}

/** Rows without any price, those with the same reason together. */
function withoutPrice(analysis: Analysis): string[] {
  const byReason = new Map<string, Reasoned>();
  for (const row of analysis.prices?.rows ?? []) {
    const figures = figuresOf(row);
    const none = figures.flatMap((each) => (each.kind === 'none' ? [each] : []));
    const [first] = none;
    if (none.length < figures.length || first === undefined) continue;
    const known: Reasoned = byReason.get(first.reason) ?? { first, whats: [] };
    known.whats.push(lineOf(row.price, 'what'));
    byReason.set(first.reason, known);
  }
  const lines = [...byReason.values()].map(
    ({ first, whats }) => `- ${listed(whats)}: ${lineOf(first, 'reason')}`,
  );
  return lines.length === 0 ? [] : [`Without a price:\n\n${lines.join('\n')}`];
}
