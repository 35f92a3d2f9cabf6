import type { AccountAnalysis, Analysis, PointAnalysis } from '../../analysis/types.js';
import { type Measure, winnerBands } from '../../analysis/winner-bands.js';
import { formatAxisValue, varyingAxes } from '../axes.js';
import { capital } from '../plain-text.js';
import { bandsText, labelWords } from './bands-text.js';
import { rowsInWords } from './row-words.js';

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
export function bandWords(analysis: Analysis, { points }: AccountAnalysis): string[] {
  const ranked = points.filter(({ label }) => label.kind !== 'nobody');
  const axes = mapAxes(ranked);
  if (axes === undefined) return [];
  // Ordered by nothing, all points are of one size: they have one answer, or none.
  const [everywhere] = winnerBands(ranked, []) ?? [];
  if (everywhere !== undefined) return [`At every point here: ${labelWords(everywhere.label)}.`];
  const total = totals(axes);
  if (total === undefined) return rowsInWords(analysis, ranked, axes);
  const bands = winnerBands(ranked, total.by);
  if (bands === undefined) return [total.fails, ...rowsInWords(analysis, ranked, axes)];
  const words = bandsText(
    bands,
    (value, origin) => `${formatAxisValue(total.by[0], value, origin)} ${total.noun}`,
  );
  return [`${capital(words)}.`];
}

/** The two axes of a map; undefined where points vary in more, or in words. Borders are told in factors: nothing below 0. */
function mapAxes(points: readonly PointAnalysis[]): readonly [string, string] | undefined {
  const [x, y, other] = varyingAxes(points.map(({ point }) => point));
  if (y === undefined || other !== undefined) return undefined;
  const positive = points.every(({ point }) => Number(point[x]) > 0 && Number(point[y]) > 0);
  return positive ? [x, y] : undefined;
}

/** It depends on the option what work is made of: `steps` are per number, `cost` is per list. */
function totals(axes: readonly string[]): Total | undefined {
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
