import { mean } from '../../analysis/round-logs.js';
import { seededRandom, shuffled } from '../../results/random.js';

/*
 * Change points of a series by e-divisive means: Matteson and James, "A nonparametric approach for multiple change point
 * analysis of multivariate data", JASA 109, 2014; in windows, and with a least size, as Apache Otava (once Hunter) has it:
 * Fleming et al., "Hunter: using change point detection to hunt for performance regressions", ICPE 2023.
 *
 * What tells a change from noise is the paper's permutation test, not Otava's t-test: pools have slow modes, which are far
 * from normal. It asks for the largest statistic over all places, so that the choice of the place costs nothing.
 */

/** Two change points have so many values between them at least, and so do the first and the last of a series. */
export const leastSegment = 3;

/** Of the permutation test: a flat series has a change point once in so many looks at it. */
const level = 0.001;
/** With so many permutations, none may be as good as the series itself at that level. */
const permutations = 999;

/** A smaller change of the mean, on the log scale, is none that anybody would look for. */
const leastSize = Math.log(1.02);

/** Values that are looked at together: what lies further back says nothing about a change, and costs time. */
const windowLength = 50;

/**
 * The paper's exponent α of a distance, between 0 and 2: all of them find any change of distribution, and a small one
 * counts a value in a slow mode little. With 1, Otava's, 44 of 60 changes of 30 % were found in place in the noise of pools;
 * with 0.5 it is 55, and no more false ones.
 */
const exponent = 0.5;

/** Seed of the permutations: the same series has the same change points everywhere. */
const seed = 1;

/**
 * Places where the mean of a series of logarithms changes, as indexes of the first value after each change, ascending.
 * Below twice `leastSegment` values there are none. A pure function.
 */
export function findChangePoints(logs: readonly number[]): number[] {
  const found = new Set<number>();
  for (let start = 0; start < logs.length; ) {
    const window = logs.slice(start, start + windowLength);
    const inside = changesWithin(window).map((at) => start + at);
    for (const at of inside) found.add(at);
    if (start + windowLength >= logs.length) break;
    // From the last change on, or half a window further: each change has a whole half before and behind it once.
    start = Math.max(start + windowLength / 2, ...inside);
  }
  return withoutSmall(logs, withoutNeighbours(logs, [...found].sort(ascending)));
}

/** Splits where the statistic is largest, over all segments, as long as chance would hardly do as well. */
function changesWithin(values: readonly number[]): number[] {
  const distances = distancesOf(values);
  const inOrder = values.map((_, place) => place);
  const changes: number[] = [];
  for (;;) {
    const segments = segmentsOf([0, ...changes, values.length]);
    const best = bestSplit(distances, inOrder, segments);
    if (best === undefined || !isSignificant(distances, segments, best.statistic)) return changes;
    changes.push(best.at);
    changes.sort(ascending);
  }
}

interface Split {
  readonly at: number;
  readonly statistic: number;
}

type Segment = readonly [from: number, to: number];

/** Distance of each value from each, row by row. */
interface Distances {
  readonly count: number;
  readonly all: Float64Array;
}

function distancesOf(values: readonly number[]): Distances {
  const count = values.length;
  const all = new Float64Array(count * count);
  for (const [row, a] of values.entries())
    for (const [column, b] of values.entries()) all[row * count + column] = Math.abs(a - b) ** exponent;
  return { count, all };
}

/** Values are shuffled within their segments: what was found already stays. */
function isSignificant(distances: Distances, segments: readonly Segment[], statistic: number): boolean {
  const random = seededRandom(seed);
  const allowed = Math.floor(level * (permutations + 1)) - 1;
  const places = segments.map(([from, to]) => Array.from({ length: to - from }, (_, place) => from + place));
  let asGood = 0;
  for (let i = 0; i < permutations; i++) {
    const mixed = places.flatMap((inside) => shuffled(inside, random));
    // Equal sums in another order differ in their last bits.
    if ((bestSplit(distances, mixed, segments)?.statistic ?? 0) >= statistic * (1 - 1e-9)) asGood++;
    // The p-value cannot come below the level any more (Besag and Clifford, "Sequential Monte Carlo p-values", 1991).
    if (asGood > allowed) return false;
  }
  return true;
}

/** `order`: which value stands at each place. */
function bestSplit(
  distances: Distances,
  order: readonly number[],
  segments: readonly Segment[],
): Split | undefined {
  let best: Split | undefined;
  for (const [from, to] of segments) {
    const inside = bestInSegment(distances, order.slice(from, to));
    if (inside !== undefined && (best === undefined || inside.statistic > best.statistic))
      best = { ...inside, at: from + inside.at };
  }
  return best;
}

/**
 * The place t, and an end e behind it, where values [0, t) and [t, e) differ most: n·m/(n+m) times the energy distance of
 * the two, whose parts are mean distances between and within them. The end may lie before that of the segment, so that a
 * second change does not hide the first.
 */
function bestInSegment(distances: Distances, order: readonly number[]): Split | undefined {
  const count = order.length;
  if (count < 2 * leastSegment) return undefined;
  const sums = distanceSums(distances, order);
  const width = count + 1;
  let best: Split = { at: leastSegment, statistic: Number.NEGATIVE_INFINITY };
  for (let at = leastSegment; at <= count - leastSegment; at++) {
    // Sums over blocks of pairs, each of four sums that begin at the first pair.
    const before = sums[at * width + at];
    const within = before / (at * (at - 1));
    for (let end = at + leastSegment; end <= count; end++) {
      const behind = end - at;
      const cross = sums[at * width + end] - before;
      const between = (2 * cross) / (at * behind);
      const withinBehind =
        (sums[end * width + end] - 2 * sums[at * width + end] + before) / (behind * (behind - 1));
      const statistic = ((at * behind) / end) * (between - within - withinBehind);
      if (statistic > best.statistic) best = { at, statistic };
    }
  }
  return best;
}

/** Sums of distances over all pairs before (row, column), row by row. They are symmetric: (a, b) has that of (b, a). */
function distanceSums({ count, all }: Distances, order: readonly number[]): Float64Array {
  const width = order.length + 1;
  const sums = new Float64Array(width * width);
  for (let row = 1; row < width; row++) {
    const own = order[row - 1] * count;
    let line = 0;
    for (let column = 1; column < width; column++) {
      line += all[own + order[column - 1]];
      sums[row * width + column] = sums[(row - 1) * width + column] + line;
    }
  }
  return sums;
}

/** Two windows may see one change at two places: the one that parts its neighbours better stays. */
function withoutNeighbours(logs: readonly number[], changes: readonly number[]): number[] {
  const close = changes.findIndex((at, i) => i > 0 && at - changes[i - 1] < leastSegment);
  if (close < 0) return [...changes];
  const [first, second] = [changes[close - 1], changes[close]];
  const [from, to] = [changes[close - 2] ?? 0, changes[close + 1] ?? logs.length];
  const worse = Math.abs(sizeAt(logs, from, first, to)) < Math.abs(sizeAt(logs, from, second, to));
  return withoutNeighbours(
    logs,
    changes.filter((at) => at !== (worse ? first : second)),
  );
}

/** The smallest goes first: without it, its neighbours have longer segments and other sizes. */
function withoutSmall(logs: readonly number[], changes: readonly number[]): number[] {
  const borders = [0, ...changes, logs.length];
  const sizes = changes.map((at, i) => Math.abs(sizeAt(logs, borders[i], at, borders[i + 2])));
  const smallest = Math.min(...sizes);
  if (!(smallest < leastSize)) return [...changes];
  return withoutSmall(
    logs,
    changes.filter((_, i) => i !== sizes.indexOf(smallest)),
  );
}

function sizeAt(logs: readonly number[], from: number, at: number, to: number): number {
  return mean(logs.slice(at, to)) - mean(logs.slice(from, at));
}

function segmentsOf(borders: readonly number[]): Segment[] {
  return borders.slice(1).map((to, i) => [borders[i], to] as const);
}

function ascending(a: number, b: number): number {
  return a - b;
}
