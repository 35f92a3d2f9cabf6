import type { AccountAnalysis, Analysis, PointAnalysis } from '../../analysis/types.js';
import { type Measure, type WinnerBand, winnerBands } from '../../analysis/winner-bands.js';
import { type Block, list, paragraph, type Text, text } from '../../document/document.js';
import { coordinate, type Figure, figure, middle } from '../../document/figure.js';
import { amountText, capital, joinedBy, plainText } from '../../document/words.js';
import { plannedValues, varyingAxes } from '../points.js';
import { answerWords } from './labels.js';

/* A map of two axes in words: by what all lists have together, or row by row. */

/** What all lists of a point have together, where it may decide alone who wins. */
interface Total {
  /** The quantity with the unit first. */
  readonly by: Measure;
  /** What stands behind the amount: "numbers in all". */
  readonly noun: string;
  /** What to say where it does not decide. */
  readonly fails: string;
}

/**
 * A map in words: "Below 16k numbers in all: for-loop; above: wasm-simd." Where no total orders the points, row by row.
 * Nothing where the points are no map of two numeric axes.
 */
export function bandBlocks(analysis: Analysis, { points }: AccountAnalysis): Block[] {
  const ranked = points.filter(({ label }) => label.kind !== 'nobody');
  const axes = mapAxes(ranked);
  if (axes === undefined) return [];
  // Ordered by nothing, all points are of one size: they have one answer, or none.
  const [everywhere] = winnerBands(ranked, []) ?? [];
  if (everywhere !== undefined)
    return [paragraph(text`At every point here: ${answerWords(everywhere.label)}.`)];
  const total = totalOf(axes);
  if (total === undefined) return rowsList(analysis, ranked, axes);
  const bands = winnerBands(ranked, total.by);
  if (bands === undefined) return [paragraph(total.fails), ...rowsList(analysis, ranked, axes)];
  const words = bandsText(bands, total.by, (border) => text`${border} ${total.noun}`);
  return [paragraph(text`${capital(words)}.`)];
}

/** The two axes of a map; undefined where points vary in more, or in words. Borders are told in factors: nothing below 0. */
function mapAxes(points: readonly PointAnalysis[]): readonly [string, string] | undefined {
  const [x, y, other] = varyingAxes(points.map(({ point }) => point));
  if (y === undefined || other !== undefined) return undefined;
  const positive = points.every(({ point }) => Number(point[x]) > 0 && Number(point[y]) > 0);
  return positive ? [x, y] : undefined;
}

/** It depends on the option what work is made of: `steps` are per number, `cost` is per list. */
function totalOf(axes: readonly string[]): Total | undefined {
  const swept = (...names: string[]) => names.every((name) => axes.includes(name));
  if (swept('keys', 'length'))
    return {
      by: ['elements'],
      noun: 'numbers in all',
      fails: 'The numbers in all do not decide by themselves here: how they are spread over keys does, too.',
    };
  if (swept('steps', 'length') || swept('steps', 'keys'))
    return {
      by: ['steps', 'elements'],
      noun: 'steps in all',
      fails:
        'The steps in all do not decide by themselves here: how many numbers they are spread over does, too.',
    };
  if (swept('cost', 'keys'))
    return {
      by: ['cost', 'keys'],
      noun: 'of work in all',
      fails: 'The work in all does not decide by itself here: how many items it is spread over does, too.',
    };
  return undefined;
}

/**
 * "below 16k numbers in all: for-loop; to 1M: typed-array; above: wasm-simd". A border is the middle, in factors, between
 * the last size on one side and the first on the other; of a single band its answer alone.
 */
function bandsText(bands: readonly WinnerBand[], by: Measure, amount: (border: Figure) => Text): Text {
  if (bands.length === 1) return answerWords(bands[0].label);
  const parts = bands.map(({ label, last }, i) => {
    const next = bands[i + 1];
    if (next === undefined) return text`above: ${answerWords(label)}`;
    // The product has the unit of its first quantity, the others are counts.
    const border = middle(sizeFigures(last, by), sizeFigures(next.first, by), { axis: by[0] });
    const where = i === 0 ? text`below ${amount(border)}` : text`to ${border}`;
    return text`${where}: ${answerWords(label)}`;
  });
  return joinedBy(parts, '; ');
}

/** The quantities of a point whose product is its size. */
function sizeFigures({ point, cells: [cell] }: PointAnalysis, by: Measure): Figure[] {
  return by.map((name) =>
    name === 'keys' || name === 'elements' ? figure(cell, name, 'count') : coordinate(point, name),
  );
}

/** More rows than these are a table, and that stands above. */
const mostRows = 6;

/** Neighbouring rows of a map that have the same answer. */
interface MapRow {
  readonly from: Figure;
  readonly to: Figure;
  readonly text: Text;
  /** How much there is to keep in mind. */
  readonly bands: number;
}

/** "With 16 steps per number: below 3k numbers per list: for-loop; above: worker-threads", along the axis that takes fewer words. */
function rowsList(
  analysis: Analysis,
  points: readonly PointAnalysis[],
  [x, y]: readonly [string, string],
): Block[] {
  // Among equals along the length: "how long must a list be?" is what people ask.
  const ways = y === 'length' ? [along(y, x), along(x, y)] : [along(x, y), along(y, x)];
  const [{ held, rows }] = ways.sort(
    (a, b) => a.rows.length - b.rows.length || countBands(a.rows) - countBands(b.rows),
  );
  const shown = rows.slice(0, mostRows).map(({ from, to, text: answer }) => {
    const range = from === to ? undefined : text`${from} to `;
    return text`With ${range}${amountText(held, to)}: ${answer}.`;
  });
  const rest = rows.length > mostRows ? ['For the rest see the table above.'] : [];
  return list([...shown, ...rest]);

  function along(walked: string, over: string) {
    return { held: over, rows: rowsAlong(points, walked, over, plannedValues(analysis, points, over)) };
  }
}

/** A row that was not planned holds a few points around one crossover: they narrow it in their column, and are no row. */
function rowsAlong(
  points: readonly PointAnalysis[],
  walked: string,
  held: string,
  values: readonly number[],
): MapRow[] {
  const rows: MapRow[] = [];
  let broken = false;
  for (const value of values) {
    const row = points.filter(({ point }) => point[held] === value);
    // Nobody ranked it: what lies on its sides does not speak for it.
    if (row.length < 2) {
      broken = true;
      continue;
    }
    const bands = winnerBands(row, [walked]);
    const answer =
      bands === undefined
        ? ['it changes back and forth']
        : bandsText(bands, [walked], (border) => amountText(walked, border));
    const at = coordinate(row[0].point, held);
    const last = rows.at(-1);
    if (last !== undefined && plainText(last.text) === plainText(answer) && !broken)
      rows[rows.length - 1] = { ...last, to: at };
    else rows.push({ from: at, to: at, text: answer, bands: bands?.length ?? row.length });
    broken = false;
  }
  return rows;
}

function countBands(rows: readonly MapRow[]): number {
  return rows.reduce((sum, { bands }) => sum + bands, 0);
}
