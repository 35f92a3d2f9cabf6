import { levelOf } from './level.js';
import { fastest } from './rivalry.js';
import type { Entry } from './table.js';
import type { Interval } from './types.js';

/** One point of a line, with the entries of both sides. */
export interface SidesOn {
  readonly value: number;
  readonly challengers: readonly Entry[];
  readonly incumbents: readonly Entry[];
}

/** A bend smaller than this is no step that a crossover would notice. */
const leastBend = 0.05;
/** Standard errors beyond which a bend is no noise. */
const surely = 3;

/** Time of a side's best at one point, ns, with the standard error of its logarithm. */
interface Timed {
  readonly value: number;
  readonly ns: number;
  readonly error: number;
}

type Curve = (value: number) => number;

/**
 * The interval of a crossover, widened where a side's time surely bends between the two points around it: a cache that is
 * full, a size from which an engine does otherwise. Where in between it bends nobody measured. So the line through the
 * points before holds up to there and the line through the points after from there on, and the crossover may lie
 * wherever it would with either. A bend is looked for as lack of fit of the next point to the line through the two before
 * it, or of the last one to the line through the two after it. Affine times (start-up plus slope) have none.
 */
export function widenByBend(at: number, interval: Interval, line: readonly SidesOn[]): Interval {
  const right = line.findIndex(({ value }) => value >= at);
  if (right < 1) return interval;
  const [from, to] = [line[right - 1].value, line[right].value];
  const [ours, theirs] = (['challengers', 'incumbents'] as const).map((side) => curvesOf(line, side, right));
  if (ours === undefined || theirs === undefined || ours.length * theirs.length === 1) return interval;
  const places = ours.flatMap((one) =>
    theirs.map((other) => crossingOf((value) => one(value) - other(value), from, to)),
  );
  // Each of these places is as uncertain as the one that the interval is about.
  const low = Math.max(from, (Math.min(...places) * interval.low) / at);
  const high = Math.min(to, (Math.max(...places) * interval.high) / at);
  return { low: Math.min(interval.low, low), high: Math.max(interval.high, high) };
}

/** What a side's time may be between the points `right − 1` and `right`: the line between them, and where it bends both others. */
function curvesOf(
  line: readonly SidesOn[],
  side: 'challengers' | 'incumbents',
  right: number,
): Curve[] | undefined {
  const [before, left, here, after] = [right - 2, right - 1, right, right + 1].map((i) =>
    timedAt(line[i], side),
  );
  if (left === undefined || here === undefined) return undefined;
  const between = through(left, here);
  const ahead = before && bends(before, left, here) ? [through(before, left)] : [];
  const back = after && bends(after, here, left) ? [through(here, after)] : [];
  return [between, ...ahead, ...back];
}

function timedAt(point: SidesOn | undefined, side: 'challengers' | 'incumbents'): Timed | undefined {
  const best = point && fastest(point[side]);
  if (point === undefined || best === undefined) return undefined;
  const { mean, error } = levelOf(best);
  return error >= 0 ? { value: point.value, ns: Math.exp(mean), error } : undefined;
}

function through(a: Timed, b: Timed): Curve {
  return (value) => a.ns + ((b.ns - a.ns) * (value - a.value)) / (b.value - a.value);
}

/** Does `next` surely miss the line through the two on its one side? */
function bends(far: Timed, near: Timed, next: Timed): boolean {
  const reach = (next.value - near.value) / (near.value - far.value);
  const expected = near.ns + (near.ns - far.ns) * reach;
  if (!(expected > 0)) return true;
  const error = Math.hypot(
    next.error,
    ((1 + reach) * near.ns * near.error) / expected,
    (reach * far.ns * far.error) / expected,
  );
  return Math.abs(Math.log(next.ns / expected)) > Math.max(leastBend, surely * error);
}

/** Where a straight line changes its sign, the nearer end where it does so outside. */
function crossingOf(lead: Curve, from: number, to: number): number {
  const [left, right] = [lead(from), lead(to)];
  const share = left / (left - right);
  if (!Number.isFinite(share)) return from;
  return Math.min(to, Math.max(from, from + share * (to - from)));
}
