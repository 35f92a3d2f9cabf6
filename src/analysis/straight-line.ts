import type { SidesOn } from './lack-of-fit.js';
import { type Level, levelOf, shiftOf } from './level.js';
import type { Resampler } from './resampler.js';
import { measuredOf } from './rivalry.js';
import { incompleteBeta } from './student.js';
import type { Entry } from './table.js';

/**
 * One straight line per strategy over all points of a sweep, where a test of lack of fit allows it. Start-up plus slope is
 * what times are made of, and nine points tell where it runs better than the two around a crossover: half the width for
 * the same rounds. Where it does not hold (a cache is full), it is tried over fewer points, nearer to the crossover, and
 * where it holds over no four of them, the two around the crossover are all there is.
 */
export interface StraightLine {
  readonly start: number;
  readonly slope: number;
  /** Of start and slope, with what the misfit adds. */
  readonly covariance: readonly [ss: number, sb: number, bb: number];
  readonly df: number;
}

/** A time on the line, with the standard error of its logarithm. */
interface Seen {
  readonly value: number;
  readonly entry: Entry;
  readonly level: Level;
  /** Logarithm, without what a slow mode adds: that is one factor for all of the line. */
  readonly log: number;
}

/** Two would be on a line whatever they are, and three say little. */
const leastPoints = 4;
/** With fewer the price of weights has no meaning. */
const leastFreedom = 4;
/** Below this chance of so much misfit on a straight line it is none. High: a line that is none costs more than one unused. */
const leastP = 0.1;

/** Draws of the log times of those strategies whose line is straight around the points `from` to `to`, by their cells. */
export function straightDraws(
  line: readonly SidesOn[],
  from: number,
  to: number,
  resampler: Resampler,
): ReadonlyMap<Entry, Float64Array> {
  const made = new Map<Entry, Float64Array>();
  for (const [nth, seen] of seriesOf(line).entries()) {
    const fit = widestFit(seen, from, to);
    if (fit === undefined) continue;
    const inside = seen.filter(({ value }) => value >= from && value <= to);
    const [{ level }] = inside;
    const draws = resampler.lineDraws(nth, fit, level.modes);
    for (const { value, entry } of inside) made.set(entry, draws(value));
  }
  return made;
}

/** The times of each strategy along the line. */
function seriesOf(line: readonly SidesOn[]): Seen[][] {
  const series = new Map<string, Seen[]>();
  for (const { value, challengers, incumbents } of line)
    for (const entry of measuredOf([...challengers, ...incumbents])) {
      const level = levelOf(entry);
      if (!(level.error > 0)) continue;
      const log = level.mean - level.modes.reduce((sum, { mode, sign }) => sum + sign * shiftOf(mode), 0);
      const { label } = entry.strategy;
      series.set(label, [...(series.get(label) ?? []), { value, entry, level, log }]);
    }
  return [...series.values()];
}

/** Of all points, or of so many on either side of the crossover as are on one line with it. */
function widestFit(seen: readonly Seen[], from: number, to: number): StraightLine | undefined {
  const first = seen.findIndex(({ value }) => value >= from);
  const last = seen.findLastIndex(({ value }) => value <= to);
  if (first < 0 || last <= first) return undefined;
  for (let beyond = Math.max(first, seen.length - 1 - last); beyond >= 1; beyond--) {
    const window = seen.slice(Math.max(0, first - beyond), last + 1 + beyond);
    const fit = window.length < leastPoints ? undefined : fitLine(window);
    if (fit !== undefined) return fit;
  }
  return undefined;
}

/**
 * Least squares of the logarithms of start + slope · value, by Gauss and Newton: errors of times are in proportion to them.
 * Undefined where the points surely miss it, by the F test of lack of fit (Draper and Smith, "Applied Regression
 * Analysis", 3rd edition, 2.1). What misfit there is widens it (Birge, "The calculation of errors by the method of least
 * squares", Physical Review 40, 1932).
 */
function fitLine(seen: readonly Seen[]): StraightLine | undefined {
  let [start, slope] = throughEnds(seen);
  let normal = normalOf(seen, start, slope);
  for (let turn = 0; turn < 12 && normal !== undefined; turn++) {
    start += normal.step[0];
    slope += normal.step[1];
    normal = normalOf(seen, start, slope);
  }
  if (normal === undefined) return undefined;
  const [spare, df] = [seen.length - 2, seen.reduce((sum, { level }) => sum + level.rounds - 1, 0)];
  const ratio = normal.squares / spare;
  const p = incompleteBeta(df / (df + spare * ratio), df / 2, spare / 2);
  if (!(p >= leastP)) return undefined;
  const wider = Math.max(1, ratio) * priceOfWeights(seen);
  const [ss, sb, bb] = normal.inverse;
  return { start, slope, covariance: [wider * ss, wider * sb, wider * bb], df };
}

/**
 * What it costs that weights are estimates themselves: 1/s² is on average df/(df − 2) of what it stands for, and such weights
 * are not the best ones (to first order another (df + 2)/df).
 */
function priceOfWeights(seen: readonly Seen[]): number {
  const freedom = Math.max(leastFreedom, seen.reduce((sum, { level }) => sum + level.df, 0) / seen.length);
  return (freedom + 2) / (freedom - 2);
}

function throughEnds(seen: readonly Seen[]): [number, number] {
  const [first, last] = [seen[0], seen[seen.length - 1]];
  const slope = (Math.exp(last.log) - Math.exp(first.log)) / (last.value - first.value);
  return [Math.exp(first.log) - slope * first.value, slope];
}

/** The normal equations at a line: the next step, the inverse of their matrix, and the squares left. Undefined where no time is above 0. */
function normalOf(seen: readonly Seen[], start: number, slope: number) {
  let [ss, sb, bb, rs, rb, squares] = [0, 0, 0, 0, 0, 0];
  for (const { value, log, level } of seen) {
    const ns = start + slope * value;
    if (!(ns > 0)) return undefined;
    const [weight, by, left] = [1 / level.error ** 2, value / ns, log - Math.log(ns)];
    ss += weight / ns ** 2;
    sb += (weight * by) / ns;
    bb += weight * by ** 2;
    rs += (weight * left) / ns;
    rb += weight * left * by;
    squares += weight * left ** 2;
  }
  const determinant = ss * bb - sb ** 2;
  if (!(determinant > 0)) return undefined;
  const inverse = [bb / determinant, -sb / determinant, ss / determinant] as const;
  const step = [inverse[0] * rs + inverse[1] * rb, inverse[1] * rs + inverse[2] * rb] as const;
  return { step, inverse, squares };
}
