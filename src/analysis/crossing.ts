import { level, quantileOf } from './estimate.js';
import { alpha } from './holm.js';
import { widenByBend } from './lack-of-fit.js';
import type { Judged } from './region.js';
import type { Resampler } from './resampler.js';
import { fastest, measuredOf, pBeats, rivalsOf } from './rivalry.js';
import { median } from './round-logs.js';
import { straightDraws } from './straight-line.js';
import type { Entry } from './table.js';
import type { Crossover } from './types.js';

/** Points of a line from one decided point to the next one that the other side wins; between them none is won. */
export type Bracket = readonly Judged[];

/** A factor between neighbouring points up to which a straight line between them is taken for the truth. */
const widestStep = 2;

/**
 * Where the two minima cross inside a bracket. In each draw every strategy's time is affine in the axis value between
 * neighbouring points (exact for start-up plus slope; log-log interpolation is off by 15 % on a ×4 grid, DESIGN rule
 * 11). A draw whose crossing lies outside the bracket counts at the nearer end.
 */
export function crossing(bracket: Bracket, line: Bracket, resampler: Resampler): Crossover {
  const [first, last] = [bracket[0], bracket[bracket.length - 1]];
  const below = first.leader === 'challenger' ? 'challenger' : 'incumbent';
  const whole = { low: first.value, high: last.value };
  const straight = straightDraws(line, first.value, last.value, resampler);
  const drawsOfCell: CellDraws = (entry) => straight.get(entry) ?? resampler.levelDraws(entry);
  const found = crossingOfSides(bracket, drawsOfCell, resampler.count);
  if (found === undefined) return { at: middleOf(whole), interval: whole, bracketOnly: true, below };
  const { at, interval } = found;
  const steep = bracket
    .slice(1)
    .some(({ value }, i) => !(value <= bracket[i].value * widestStep * (1 + 1e-9)));
  // Between points that lie far apart a straight line is a guess, unless more points say that it is one.
  const isKnown = takingPart(bracket).every(({ challengers, incumbents }) =>
    measuredOf([...challengers, ...incumbents]).every((entry) => straight.has(entry)),
  );
  if (steep && !isKnown) return { at, interval: whole, bracketOnly: true, below };
  return { at, interval: widenByBend(at, interval, line), bracketOnly: false, below };
}

/**
 * A crossing of two sides is one of two strategies: where a challenger has overtaken the last of the incumbents, and of
 * several challengers the first to do so. Of strategies that are about as fast it is not known which pair that is: in
 * draws of the least of several noisy times the incumbents would look too fast, and the crossing too late. So each pair
 * has limits of its own, and those of the sides follow from them; where any of several could be the one, they share
 * their chance of error (Bonferroni). Undefined where nothing can be said between two points.
 */
function crossingOfSides(
  bracket: Bracket,
  drawsOfCell: CellDraws,
  count: number,
): Pick<Crossover, 'at' | 'interval'> | undefined {
  const sides = takingPart(bracket);
  const [challengers, incumbents] = [labelsIn(sides, 'challengers'), labelsIn(sides, 'incumbents')];
  const pairs = challengers.map((challenger) =>
    incumbents.flatMap((incumbent) => {
      const draws = drawsOf(onlyPair(sides, challenger, incumbent), drawsOfCell, count);
      return draws === undefined ? [] : [draws.sort()];
    }),
  );
  const complete = pairs.filter((row) => row.length === incumbents.length);
  // Where a pair has no times at some point of the bracket, the sides as a whole may have.
  if (complete.length === 0 || incumbents.length === 0) return middleHalf(drawsOf(sides, drawsOfCell, count));
  const upwards = bracket[0].leader === 'incumbent';
  const tail = (1 - level) / 2;
  const [all, any] = upwards ? [Math.max, Math.min] : [Math.min, Math.max];
  const at = (share: number) =>
    any(...complete.map((row) => all(...row.map((draws) => quantileOf(draws, share)))));
  // The most of several: each one's lower limit is a lower limit of it, and so the highest of them, at a price.
  const [low, high] = upwards
    ? [tail / incumbents.length, 1 - tail / complete.length]
    : [tail / complete.length, 1 - tail / incumbents.length];
  return { at: at(0.5), interval: { low: at(low), high: at(high) } };
}

function middleHalf(draws: Float64Array | undefined): Pick<Crossover, 'at' | 'interval'> | undefined {
  if (draws === undefined) return undefined;
  const sorted = draws.sort();
  const [low, high] = [quantileOf(sorted, (1 - level) / 2), quantileOf(sorted, (1 + level) / 2)];
  return { at: quantileOf(sorted, 0.5), interval: { low, high } };
}

function labelsIn(bracket: Bracket, side: 'challengers' | 'incumbents'): string[] {
  return [...new Set(bracket.flatMap((point) => point[side].map(({ strategy }) => strategy.label)))];
}

function onlyPair(bracket: Bracket, challenger: string, incumbent: string): Bracket {
  return bracket.map((point) => ({
    ...point,
    challengers: point.challengers.filter(({ strategy }) => strategy.label === challenger),
    incumbents: point.incumbents.filter(({ strategy }) => strategy.label === incumbent),
  }));
}

/** The crossing in each draw, in the order of the draws; undefined where nothing can be said between two points. */
export function crossingDraws(bracket: Bracket, resampler: Resampler): Float64Array | undefined {
  return drawsOf(takingPart(bracket), resampler.levelDraws, resampler.count);
}

/** Draws of the log time of a cell. */
type CellDraws = (entry: Entry) => Float64Array | undefined;

function drawsOf(points: Bracket, drawsOfCell: CellDraws, count: number): Float64Array | undefined {
  const below = points[0].leader === 'challenger' ? 'challenger' : 'incumbent';
  const segments = points.slice(1).map((right, i) => segmentOf(points[i], right, drawsOfCell));
  const known = segments.flatMap((segment) => (segment === undefined ? [] : [segment]));
  if (known.length < segments.length) return undefined;
  return Float64Array.from({ length: count }, (_, draw) => crossingInDraw(known, draw, below));
}

/**
 * The bracket with only those strategies that at some point of the bracket beat the whole other side. One that loses to
 * the same rival at both ends of a segment is slower all the way between, since both are affine. One that ties with
 * the other side (async-tasks with for-loop, on CPU work) would cross it anywhere by noise alone.
 */
function takingPart(bracket: Bracket): Bracket {
  const challengers = winnersIn(bracket, ({ challengers: ours, incumbents }) => [ours, incumbents]);
  const incumbents = winnersIn(bracket, ({ challengers: theirs, incumbents: ours }) => [ours, theirs]);
  return bracket.map((point) => ({
    ...point,
    challengers: point.challengers.filter(({ strategy }) => challengers.has(strategy.label)),
    incumbents: point.incumbents.filter(({ strategy }) => incumbents.has(strategy.label)),
  }));
}

function winnersIn(
  bracket: Bracket,
  sidesOf: (point: Judged) => readonly [ours: readonly Entry[], theirs: readonly Entry[]],
): Set<string> {
  return new Set(
    bracket.flatMap((point) => {
      const [ours, theirs] = sidesOf(point);
      const rivals = rivalsOf(theirs);
      const winners = measuredOf(ours).filter(
        (one) => rivals.length > 0 && rivals.every((rival) => pBeats(one, rival) < alpha),
      );
      return winners.map(({ strategy }) => strategy.label);
    }),
  );
}

/** Neighbouring points, and the strategies of each side that have times at both, as draws of the log time. */
interface Segment {
  readonly from: number;
  readonly to: number;
  readonly challengers: readonly Ends[];
  readonly incumbents: readonly Ends[];
}

interface Ends {
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** Undefined where a side's best at one end has no time at the other: nothing can be said between them. */
function segmentOf(left: Judged, right: Judged, drawsOfCell: CellDraws): Segment | undefined {
  const challengers = endsOf(left.challengers, right.challengers, drawsOfCell);
  const incumbents = endsOf(left.incumbents, right.incumbents, drawsOfCell);
  if (challengers === undefined || incumbents === undefined) return undefined;
  return { from: left.value, to: right.value, challengers, incumbents };
}

function endsOf(left: readonly Entry[], right: readonly Entry[], drawsOfCell: CellDraws): Ends[] | undefined {
  const pairs = left.flatMap((one) => {
    const other = right.find(({ strategy }) => strategy.label === one.strategy.label);
    const [from, to] = [drawsOfCell(one), other && drawsOfCell(other)];
    return from === undefined || to === undefined
      ? []
      : [{ label: one.strategy.label, left: from, right: to }];
  });
  const labels = new Set(pairs.map(({ label }) => label));
  const complete = [left, right].every((side) => {
    const best = fastest(side);
    return best !== undefined && labels.has(best.strategy.label);
  });
  return complete ? pairs : undefined;
}

function crossingInDraw(
  segments: readonly Segment[],
  draw: number,
  below: 'challenger' | 'incumbent',
): number {
  const crossings: number[] = [];
  for (const segment of segments) {
    const lead = leadIn(segment, draw);
    if (lead(0) > 0 !== lead(1) > 0)
      crossings.push(segment.from + bisect(lead) * (segment.to - segment.from));
  }
  // Where noise makes three of one, the middle one stands for them.
  if (crossings.length > 0) return median(crossings);
  const challengerLeads = leadIn(segments[0], draw)(0) <= 0;
  const stillBelow = challengerLeads === (below === 'challenger');
  return stillBelow ? segments[segments.length - 1].to : segments[0].from;
}

/** Best challenger's minus best incumbent's time at a share of the way through the segment. */
function leadIn({ challengers, incumbents }: Segment, draw: number): (share: number) => number {
  const lines = (ends: readonly Ends[]) =>
    ends.map(({ left, right }) => ({ from: Math.exp(left[draw]), to: Math.exp(right[draw]) }));
  const [ours, theirs] = [lines(challengers), lines(incumbents)];
  return (share) => least(ours, share) - least(theirs, share);
}

function least(lines: readonly { from: number; to: number }[], share: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (const { from, to } of lines) best = Math.min(best, from + share * (to - from));
  return best;
}

/** The share at which a continuous function changes sign; 40 halvings are far finer than any interval. */
function bisect(lead: (share: number) => number): number {
  const startsAbove = lead(0) > 0;
  let [low, high] = [0, 1];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (lead(middle) > 0 === startsAbove) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Geometric, as axes grow in factors; arithmetic where an end is not positive. */
function middleOf({ low, high }: { low: number; high: number }): number {
  return low > 0 ? Math.sqrt(low * high) : (low + high) / 2;
}
