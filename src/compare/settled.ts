import { pointKey } from '../contract/axes.js';
import type { Point } from '../contract/scenario.js';
import type { Compared, Comparison } from './types.js';

/**
 * A difference is clear where so many times its 95 % interval still lies beyond the margin. Rounds that stop there were looked
 * at many times: stopping as soon as a difference is significant would find one far too often. What this does to equal
 * code is among the figures of `npm run gate-check`.
 */
const clear = 3;

/**
 * Does no time of this cell need a further round? A cell all of whose times are the same (or that has none, because it
 * fails) is done with. Any other goes on until every time of its strategy, at all points, is the same or clearly
 * different: the strategy as a whole is known from the rounds that all of its cells have.
 */
export function isSettled(
  { rows, margin }: Pick<Comparison, 'rows' | 'margin'>,
  { strategy, point }: { readonly strategy: string; readonly point: Point },
): boolean {
  const times = rows.filter(
    (row) => row.quantity === 'time' && row.point !== undefined && row.strategy === strategy,
  );
  const key = pointKey(point);
  const own = times.filter((row) => row.point !== undefined && pointKey(row.point) === key);
  if (own.every(({ label }) => label === 'same')) return true;
  return times.every((row) => row.label === 'same' || isClear(row, margin));
}

function isClear({ ratio: { value, interval } }: Compared, margin: number): boolean {
  if (interval === undefined) return false;
  const [low, middle, high] = [interval.low, value, interval.high].map(Math.log);
  const allowed = Math.log1p(margin);
  return middle - clear * (middle - low) > allowed || middle + clear * (high - middle) < -allowed;
}
