import type { AccountAnalysis, Analysis, CellAnalysis, Slice } from '../../analysis/types.js';
import { axisTitle } from '../../contract/axes.js';
import type { DotRow, DotsChart, Style } from '../../document/chart.js';
import { coordinate } from '../../document/figure.js';
import { formatCount, printFigure } from '../../document/units.js';
import { plainText } from '../../document/words.js';
import { allCells, headlinePoint } from '../lookup.js';
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
