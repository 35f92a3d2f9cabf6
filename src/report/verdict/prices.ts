import type { Analysis, PriceFigure } from '../../analysis/types.js';
import type { ReportChart } from '../charts/charts.js';
import { capital, listed, oneLine, table } from '../plain-text.js';
import { constant } from '../pointers/constants.js';
import { figuresOf, groupNames, type NamedRow, type Priced, rowsOf } from '../prices.js';
import { formatCount, formatNs, formatPercent, formatTime } from '../units.js';
import { embedded } from './embedded.js';

/** The price list of a scenario that asks for one: tables, charts, the times behind them. Empty where none does. */
export function pricesSection(analysis: Analysis, charts: readonly ReportChart[]): string[] {
  if (analysis.prices === undefined) return [];
  const used = new Set(analysis.prices.rows.map(({ price }) => price.strategy));
  const strategies = analysis.header.strategies.filter(({ label }) => used.has(label));
  return [
    [
      '## What it costs, one by one',
      'Each figure is a part of one of these, timed by itself:',
      strategies.map(({ label, title }) => `- \`${label}\`: ${oneLine(title)}`).join('\n'),
      ...pricesMarkdown(analysis),
      ...embedded(charts.filter(({ kind }) => kind === 'prices')),
      ...bySize(analysis),
    ].join('\n\n'),
  ];
}

/** The tables alone. */
export function pricesMarkdown(analysis: Analysis): string[] {
  return [...numbersTable(analysis), ...eventsTable(analysis), ...withoutPrice(analysis)];
}

function numbersTable(analysis: Analysis): string[] {
  const rows = rowsOf(analysis, 'number');
  if (rows.length === 0) return [];
  const groups = groupNames(analysis);
  const withSource = rows.some(({ row }) => row.price.source !== undefined);
  const withOffBy = rows.some(({ row }) => row.figures.some((each) => each.kind === 'priced' && each.offBy));
  const prefix = (name: string) => (groups.length > 1 ? `${name}: ` : '');
  const head = [
    'what',
    'in',
    ...groups.flatMap((name) => [
      `${prefix(name)}per number`,
      'and per event',
      ...(withOffBy ? ['off by'] : []),
    ]),
    ...(withSource ? ['the source: per number'] : []),
  ];
  return [
    '### What grows with the data',
    'A line through the sizes, in each round by itself: so much per number, and so much on top for each event. Figures ' +
      `in brackets are ${constant('level of intervals')} intervals over rounds.` +
      (withOffBy
        ? ' "Off by" is how far the line misses the time of a measured size at most: where that is much, the price ' +
          'depends on the size (what fits into a cache is copied faster), and the times by size below say more.'
        : ''),
    table(
      head,
      rows.map((row) => [
        row.name,
        row.where,
        ...row.row.figures.flatMap((figure) => lineCells(figure, withOffBy)),
        ...(withSource ? [sourceText(row)] : []),
      ]),
    ),
  ];
}

function lineCells(figure: PriceFigure, withOffBy: boolean): string[] {
  if (figure.kind === 'none') return ['–', '–', ...(withOffBy ? ['–'] : [])];
  const { perNumberNs, perEventNs, offBy } = figure;
  return [
    perNumberNs === undefined ? '–' : formatTime(perNumberNs),
    perEventNs === undefined ? '–' : eventText(perEventNs),
    ...(withOffBy ? [offBy === undefined ? '–' : formatPercent(offBy)] : []),
  ];
}

/** An event that cannot be told from none, under so many numbers, is said to be so: "0.3 µs [0, 5]" tells nobody more. */
function eventText(time: NonNullable<Priced['perEventNs']>): string {
  if (time.interval !== undefined && time.interval.low <= 0)
    return time.interval.high <= 0 ? 'none' : `below ${formatNs(time.interval.high, 2)}`;
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
  return source.low === source.high
    ? formatNs(source.low)
    : `${formatNs(source.low)} to ${formatNs(source.high)}`;
}

/** Rows without any price, those with the same reason together. */
function withoutPrice(analysis: Analysis): string[] {
  const byReason = new Map<string, string[]>();
  for (const row of analysis.prices?.rows ?? []) {
    const figures = figuresOf(row);
    const reasons = figures.flatMap((each) => (each.kind === 'none' ? [each.reason] : []));
    if (reasons.length < figures.length || reasons.length === 0) continue;
    byReason.set(reasons[0], [...(byReason.get(reasons[0]) ?? []), row.price.what]);
  }
  const lines = [...byReason].map(([reason, whats]) => `- ${listed(whats.map(oneLine))}: ${oneLine(reason)}`);
  return lines.length === 0 ? [] : [`Without a price:\n\n${lines.join('\n')}`];
}

/** The measured times behind the lines, folded away. */
function bySize(analysis: Analysis): string[] {
  const rows = rowsOf(analysis, 'number');
  const tables = groupNames(analysis).flatMap((name, index) => {
    const figures = rows.map(({ row }) => row.figures[index]);
    const sizes = [...new Set(figures.flatMap((each) => sizesOf(each).map(({ elements }) => elements)))].sort(
      (a, b) => a - b,
    );
    if (sizes.length === 0) return [];
    const head = [capital(name), 'in', ...sizes.map((size) => `${formatCount(size)} numbers`)];
    return [
      table(
        head,
        rows.map(({ name: what, where }, i) => [
          what,
          where,
          ...sizes.map((size) => {
            const found = sizesOf(figures[i]).find(({ elements }) => elements === size);
            return found === undefined ? '–' : formatTime(found.time);
          }),
        ]),
      ),
    ];
  });
  if (tables.length === 0) return [];
  return [`<details><summary>Times by size</summary>\n\n${tables.join('\n\n')}\n\n</details>`];
}

function sizesOf(figure: PriceFigure): NonNullable<Priced['sizes']> {
  return figure.kind === 'priced' ? (figure.sizes ?? []) : [];
}
