import { level } from '../analysis/estimate.js';
import { mapAlpha } from '../analysis/holm.js';
import { tQuantile } from '../analysis/student.js';
import type { Settled } from './rounds-to-settle.js';

/** A crossover is settled where its interval lies within ± this share of its middle. */
export const crossoverWithin = 0.1;

/** A label's rule for a pair: its interval, corrected, leaves out a tie, or lies within the margin. */
export function parted(margin: number, open: number): Settled {
  const corrected = 1 - mapAlpha / Math.max(1, open);
  return (mean, error, rounds) =>
    Math.abs(mean) > quantile(corrected, rounds - 1) * error ||
    Math.abs(mean) + quantile(level, rounds - 1) * error <= Math.log1p(margin);
}

/** A region's rule: the interval lies wholly on one side of the margin. */
export function beyond(margin: number): Settled {
  return (mean, error, rounds) => Math.abs(Math.abs(mean) - Math.log1p(margin)) > quantile(level, rounds - 1) * error;
}

/** A crossover's rule: half its interval, as a share, is at most what is asked. */
export function narrow(_: number, error: number, rounds: number): boolean {
  return quantile(level, rounds - 1) * error <= Math.log1p(crossoverWithin);
}

const quantiles = new Map<number, number[]>();

/** `tQuantile`, remembered by place: it is asked once per round of every future. */
function quantile(of: number, df: number): number {
  let known = quantiles.get(of);
  if (known === undefined) quantiles.set(of, (known = []));
  return (known[df] ??= tQuantile(of, df));
}
