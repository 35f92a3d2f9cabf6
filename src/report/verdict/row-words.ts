import type { Analysis, PointAnalysis } from '../../analysis/types.js';
import { type WinnerBand, winnerBands } from '../../analysis/winner-bands.js';
import { formatAmount, formatAxisValue } from '../axes.js';
import { plannedValues } from '../slices.js';
import { bandsText } from './bands-text.js';

/** More rows than these are a table, and that stands above. */
const mostRows = 6;

/** Neighbouring rows of a map that have the same answer. */
interface Row {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** How much there is to keep in mind. */
  readonly bands: number;
}

/** "With 16 steps per number: below 3k numbers per list: for-loop; above: worker-threads", told along the axis that takes fewer words. */
export function rowsInWords(
  analysis: Analysis,
  points: readonly PointAnalysis[],
  [x, y]: readonly [string, string],
): string[] {
  // Among equals along the length: "how long must a list be?" is what people ask.
  const ways = y === 'length' ? [along(y, x), along(x, y)] : [along(x, y), along(y, x)];
  const [{ held, rows }] = ways.sort(
    (a, b) => a.rows.length - b.rows.length || bandsOf(a.rows) - bandsOf(b.rows),
  );
  const told = rows
    .slice(0, mostRows)
    .map(
      ({ from, to, text }) =>
        `- With ${from === to ? '' : `${formatAxisValue(held, from)} to `}${formatAmount(held, to)}: ${text}.`,
    );
  const rest = rows.length > mostRows ? ['- For the rest see the table above.'] : [];
  return rows.length === 0 ? [] : [[...told, ...rest].join('\n')];

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
): Row[] {
  const rows: Row[] = [];
  let broken = false;
  for (const value of values) {
    const row = points.filter(({ point }) => point[held] === value);
    // Nobody ranked it: what lies on its sides does not speak for it.
    if (row.length < 2) {
      broken = true;
      continue;
    }
    const bands = winnerBands(row, [walked]);
    const text = bands === undefined ? 'it changes back and forth' : rowText(bands, walked);
    const last = rows.at(-1);
    if (last?.text === text && !broken) rows[rows.length - 1] = { ...last, to: value };
    else rows.push({ from: value, to: value, text, bands: bands?.length ?? row.length });
    broken = false;
  }
  return rows;
}

function rowText(bands: readonly WinnerBand[], walked: string): string {
  return bandsText(bands, (value, origin) => formatAmount(walked, value, origin));
}

function bandsOf(rows: readonly Row[]): number {
  return rows.reduce((sum, { bands }) => sum + bands, 0);
}
