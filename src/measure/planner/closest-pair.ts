import { level } from '../../analysis/estimate.js';
import { tQuantile } from '../../analysis/student.js';
import type { Estimate, PointAnalysis } from '../../analysis/types.js';
import type { Known } from './rounds-to-settle.js';

/** One strategy at one point. */
export interface Timed {
  readonly strategy: string;
  readonly time: Estimate;
}

/** What is known of the ratio of the two fastest; undefined while one of them has no interval. */
export function closestPair(times: readonly Timed[], points: readonly PointAnalysis[]): Known | undefined {
  const [first, second] = [...times].sort((a, b) => a.time.value - b.time.value);
  if (second === undefined) return undefined;
  const spreads = [first, second].map(({ strategy, time }) => spreadOf(strategy, time, points));
  const spread = Math.hypot(...spreads.map((each) => each.spread));
  if (!(spread > 0)) return undefined;
  return {
    rounds: Math.min(first.time.rounds, second.time.rounds),
    mean: Math.log(second.time.value / first.time.value),
    own: Math.hypot(...spreads.map(({ own }) => own)),
    spread,
    freedom: Math.min(...spreads.map(({ freedom }) => freedom)) * 2,
  };
}

/**
 * Standard deviation of one round's log time. Eight rounds of one cell know it to a quarter only, and a time goes with
 * its square: so the strategy's other points of the account take part, together with as much weight as the cell's own.
 */
function spreadOf(strategy: string, own: Estimate, points: readonly PointAnalysis[]) {
  const others = points.flatMap(({ cells }) =>
    cells.flatMap((cell) =>
      cell.strategy === strategy && cell.state.kind === 'measured' && cell.state.time !== own
        ? [variance(cell.state.time)]
        : [],
    ),
  );
  const known = others.filter((each) => Number.isFinite(each));
  const ownVariance = variance(own);
  const [self, freedom] = [Math.sqrt(ownVariance), own.rounds - 1];
  if (known.length === 0) return { own: self, spread: self, freedom };
  const rest = known.reduce((sum, each) => sum + each, 0) / known.length;
  return { own: self, spread: Math.sqrt((ownVariance + rest) / 2), freedom: 2 * freedom };
}

/** Between rounds, on the log scale, from the interval; NaN without one. */
function variance({ interval, rounds }: Estimate): number {
  if (interval === undefined) return Number.NaN;
  const half = Math.log(interval.high / interval.low) / 2;
  return rounds * (half / tQuantile(level, rounds - 1)) ** 2;
}
