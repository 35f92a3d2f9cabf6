import type { AccountAnalysis, Analysis, CellAnalysis, Slice } from '../../analysis/types.js';
import { axisTitle } from '../../contract/axes.js';
import type { BarsChart, DotRow, DotsChart, PartLook, Style } from '../../document/chart.js';
import { coordinate } from '../../document/figure.js';
import { formatCount, printFigure } from '../../document/units.js';
import { plainText } from '../../document/words.js';
import { pathParts } from '../../results/trace/parts.js';
import { allCells, headlinePoint, tracedPools } from '../lookup.js';
import { groupNames, largestSizes, mainPrices, rowsOf, sizesOf } from '../prices.js';
import { placeText } from '../run-words.js';
import { chartTitle, factorAxis, fixedPart, hostLine, ranged, subtitle, timeOf } from './frame.js';
import { pointsOnLine } from './slices.js';
import { lookOf } from './style.js';

/* Charts with a row for each strategy or price: dots with figures beside them, and bars of the parts of a time. */

/** More rows do not fit on a picture without touching, nor more columns beside it. */
const mostRows = 18;
const mostColumns = 6;

/** Colour and shape say the same. */
const columnStyles: readonly Style[] = (
  [
    ['#0072B2', 'circle'],
    ['#D55E00', 'diamond'],
    ['#009E73', 'triangle'],
    ['#8C6D1F', 'square'],
    ['#882255', 'star'],
    ['#6E6E6E', 'plus'],
  ] as const
).map(([colour, marker]) => ({ colour, marker, dash: [], hollow: false, width: 3 }));

type DotsFrame = Pick<DotsChart, 'title' | 'subtitle' | 'caption' | 'value'>;

/** Dots on one picture or more, all on one scale, so that they can be held side by side. */
function dotsCharts(frame: DotsFrame, names: readonly string[], rows: readonly DotRow[]): DotsChart[] {
  const values = rows
    .flatMap(({ dots }) => dots.flatMap(({ value, spread }) => [value, spread?.low, spread?.high]))
    .filter((value) => value !== undefined && value > 0)
    .map(Number);
  const value = {
    ...frame.value,
    ...(values.length === 0 ? {} : { atLeast: { min: Math.min(...values), max: Math.max(...values) } }),
  };
  return pagesOf(names, mostColumns).flatMap((columns, page) =>
    pagesOf(rows, mostRows).map((some) => ({
      kind: 'dots',
      ...frame,
      value,
      columns: columns.map((name, index) => ({ name, style: columnStyles[index] })),
      rows: some.map(({ name, dots }) => ({
        name,
        dots: dots
          .map((dot) => ({ ...dot, column: dot.column - page * mostColumns }))
          .filter(({ column }) => column >= 0 && column < columns.length),
      })),
      marks: [],
    })),
  );
}

/** As few pages as hold all, equally full. */
function pagesOf<T>(items: readonly T[], most: number): T[][] {
  const each = Math.ceil(items.length / Math.ceil(items.length / most));
  return Array.from({ length: Math.ceil(items.length / each) || 0 }, (_, page) =>
    items.slice(page * each, (page + 1) * each),
  );
}

/** What an event or a number costs, a row each, a column for each group. */
export function priceCharts(analysis: Analysis, per: 'event' | 'number'): DotsChart[] {
  const sizes = largestSizes(analysis);
  const rows = rowsOf(analysis, per).map(({ name, where, row }) => ({
    name: where === 'Node' ? plainText(name) : `${plainText(name)} (${where})`,
    dots: mainPrices(row, sizes).flatMap((price, column) => {
      const values = sizesOf(row.figures[column]).map(({ perNumberNs }) => perNumberNs.value);
      const spread = { low: Math.min(...values), high: Math.max(...values) };
      return price === undefined
        ? []
        : [{ column, ...ranged(price.estimate), ...(values.length < 2 ? {} : { spread }) }];
    }),
  }));
  const further = 'Further left is cheaper; the scale grows by factors.';
  const largest = sizes.flatMap((size) => (size === undefined ? [] : [formatCount(size)]));
  const number = `Dot and figure: one of ${[...new Set(largest)].join(' or ')} numbers, the thick line its 95 % interval; thin: from the cheapest size to the most expensive.`;
  const frame = {
    title: chartTitle(analysis, `what ${per === 'number' ? 'a number' : 'an event'} costs`),
    subtitle: [hostLine(analysis)],
    caption: `${further} ${per === 'event' ? 'Line through a dot: 95 % interval over rounds.' : number}`,
    value: factorAxis(`time per ${per}`, 'ns'),
  };
  return dotsCharts(frame, per === 'number' ? groupNames(analysis).map(plainText) : [''], rows);
}

/** A column of a chart of times. */
interface Group {
  readonly name: string;
  readonly cells: readonly CellAnalysis[];
}

/** Time per strategy for the values of an axis that is no number, such as kinds of numbers or chunks. */
export function categoryCharts(analysis: Analysis, account: AccountAnalysis, slice: Slice): DotsChart[] {
  const groups = pointsOnLine(account, slice).map((point) => ({
    name: printFigure(coordinate(point.point, slice.axis)),
    cells: allCells(point),
  }));
  const fixed = fixedPart(slice.fixed);
  const about = `by ${axisTitle(slice.axis)}${fixed === '' ? '' : `, ${fixed}`}`;
  return timeCharts(analysis, groups, subtitle(analysis, account.account, about));
}

/** Time per strategy in all accounts, for a run of a single point: there is no line to draw. */
export function accountCharts(analysis: Analysis): DotsChart[] {
  const groups = analysis.accounts.map(({ account, points }) => ({
    name: account,
    cells: allCells(headlinePoint(analysis, account) ?? points[0]),
  }));
  const point = headlinePoint(analysis, 'warm');
  const where = point === undefined ? [] : [plainText(placeText(point.cells[0]))];
  return timeCharts(analysis, groups, [hostLine(analysis), ['by account', ...where].join(', ')]);
}

function timeCharts(analysis: Analysis, groups: readonly Group[], lines: readonly string[]): DotsChart[] {
  const { strategies } = analysis.header;
  const rows = strategies.flatMap((strategy) => {
    const dots = groups.flatMap(({ cells }, column) => {
      const cell = cells.find((one) => one.strategy === strategy.label);
      const time = cell && timeOf(cell);
      return time === undefined ? [] : [{ column, ...ranged(time) }];
    });
    return dots.length === 0 ? [] : [{ name: lookOf(strategy, strategies).name, dots }];
  });
  if (rows.length === 0) return [];
  const frame = {
    title: chartTitle(analysis, 'which way is the fastest?'),
    subtitle: lines,
    caption: 'Further left is faster; the scale grows by factors. Line through a dot: 95 % interval.',
    value: factorAxis('time per run', 'ns'),
  };
  return dotsCharts(
    frame,
    groups.map(({ name }) => name),
    rows,
  );
}

/** One strategy's time, split. The parts need not add up to the total where sending and computing overlap. */
interface SplitTime {
  readonly name: string;
  readonly total: number;
  readonly parts: ReadonlyMap<string, number>;
}

/** How parts look, in their order: moving is warm in colour, computing green, what nobody asked for grey or violet. */
type Looks = readonly PartLook[];

const [dark, light] = ['#1A1A1A', '#FFFFFF'];

const pathLooks: Looks = [
  { name: 'start', colour: '#B9AEE0', ink: dark, means: 'start: begin the workers' },
  { name: 'pack', colour: '#F2B661', ink: dark, means: 'pack' },
  { name: 'serialise', colour: '#C9761A', ink: light, means: 'serialise' },
  { name: 'transfer', colour: '#F7E0B4', ink: dark, means: 'transfer: under way, in a queue, waking up' },
  { name: 'compute', colour: '#1F6F54', ink: light, means: 'compute' },
  { name: 'deserialise', colour: '#8F4513', ink: light, means: 'deserialise' },
  { name: 'merge', colour: '#E0A9A0', ink: dark, means: 'merge: hand back the dictionary' },
  { name: 'gc', colour: '#5B4B9A', ink: light, means: 'gc: collect garbage' },
  { name: 'idle', colour: '#D0D0D0', ink: dark, means: 'idle: no worker busy' },
  { name: 'unexplained', colour: '#8A8A8A', ink: light, means: 'unexplained' },
];

/** Bars of one length, since the times lie factors apart and the question is about shares. */
function sharesChart(
  frame: Pick<BarsChart, 'title' | 'subtitle' | 'caption'>,
  times: readonly SplitTime[],
  all: Looks,
): BarsChart {
  const looks = all.filter(({ name }) => times.some(({ parts }) => (parts.get(name) ?? 0) > 0));
  return {
    kind: 'bars',
    ...frame,
    value: { title: 'share of the time', unit: 'ns', scale: 'linear' },
    shares: true,
    looks,
    bars: times.map(({ name, total, parts }) => ({
      name,
      total,
      parts: looks.flatMap((look, index) => {
        const value = parts.get(look.name) ?? 0;
        return value > 0 ? [{ look: index, value }] : [];
      }),
    })),
    marks: [],
  };
}

/** Where the time of a warm call to workers goes at the largest point, along its critical path. */
export function pathChart(analysis: Analysis): BarsChart | undefined {
  const traced = tracedPools(analysis);
  if (traced.length === 0) return undefined;
  const frame = {
    title: chartTitle(analysis, 'where does the time of a call go?'),
    subtitle: subtitle(analysis, 'warm', plainText(placeText(traced[0].cell))),
    caption:
      'Fastest strategy first. The critical path from call to answer: what the caller does, and where it is blocked what ' +
      'the worker does that it waits for. Overlap is counted once. The figure at the end is the time of the traced call.',
  };
  const times = traced.map(({ cell, path }) => ({
    name: cell.strategy,
    total: path.callNs,
    parts: new Map(pathParts.map((part) => [part, path.partsNs[part]])),
  }));
  return sharesChart(frame, times, pathLooks);
}
