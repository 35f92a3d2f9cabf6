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
    Math.abs(mean) > tQuantile(corrected, rounds - 1) * error ||
    Math.abs(mean) + tQuantile(level, rounds - 1) * error <= Math.log1p(margin);
}

/** A region's rule: the interval lies wholly on one side of the margin. */
export function beyond(margin: number): Settled {
  return (mean, error, rounds) =>
    Math.abs(Math.abs(mean) - Math.log1p(margin)) > tQuantile(level, rounds - 1) * error;
}

/** A crossover's rule: half its interval, as a share, is at most what is asked. */
export function narrow(_: number, error: number, rounds: number): boolean {
  return tQuantile(level, rounds - 1) * error <= Math.log1p(crossoverWithin);
}
