import { leastRounds, level, meanOf } from '../analysis/estimate.js';
import { moderate, priorOf } from '../analysis/moderation.js';
import { pairedDifference, type RoundLogs } from '../analysis/round-logs.js';
import { tQuantile, twoSidedP } from '../analysis/student.js';
import type { Estimate } from '../analysis/types.js';
import type { Pairing } from './types.js';

/** Head minus base on the log scale, with its standard error and degrees of freedom. `error` is NaN below two rounds. */
export interface Difference {
  readonly log: number;
  readonly error: number;
  readonly df: number;
  /** Of the side that has fewer. */
  readonly rounds: number;
}

/**
 * Rounds are the unit. Interleaved runs are paired by round: what the machine did to both in a round cancels. Rounds of
 * two separate runs have nothing in common but their number: Welch's test, with Satterthwaite's degrees of freedom
 * rounded down (Welch, "The generalization of Student's problem", Biometrika 34, 1947).
 */
export function differenceOf(base: RoundLogs, head: RoundLogs, pairing: Pairing): Difference {
  if (pairing === 'interleaved') {
    const { mean, error, rounds } = meanOf(pairedDifference(head, base));
    return { log: mean, error, df: rounds - 1, rounds };
  }
  const [b, h] = [meanOf(base), meanOf(head)];
  const [vb, vh] = [b.error ** 2, h.error ** 2];
  const parts = vb ** 2 / (b.rounds - 1) + vh ** 2 / (h.rounds - 1);
  const rounds = Math.min(b.rounds, h.rounds);
  // Without any noise there is nothing to weigh.
  const df = parts > 0 ? Math.max(rounds - 1, Math.floor((vb + vh) ** 2 / parts)) : rounds - 1;
  return { log: h.mean - b.mean, error: Math.sqrt(vb + vh), df, rounds };
}

/**
 * A few rounds may agree by chance, and would then pass for certainty: each variance is drawn towards what is typical of
 * its group, the more so the more alike the group's variances are (a moderated t with an estimated prior, see `priorOf`).
 */
export function moderated(group: readonly Difference[]): Difference[] {
  const variances = group.map(({ error, df }) => ({ value: error ** 2, df }));
  const prior = priorOf(variances.filter(({ value }) => value >= 0));
  if (prior === undefined) return [...group];
  return group.map((one, i) => {
    if (!(one.error >= 0)) return one;
    const { value, df } = moderate(variances[i], prior);
    return { ...one, error: Math.sqrt(value), df: Math.floor(df) };
  });
}

/** Head over base. Below four rounds without an interval, and so without a label. */
export function ratioEstimate({ log, error, df, rounds }: Difference): Estimate {
  const value = Math.exp(log);
  if (rounds < leastRounds || !(error >= 0)) return { value, rounds };
  const half = tQuantile(level, df) * error;
  return { value, interval: { low: Math.exp(log - half), high: Math.exp(log + half) }, rounds };
}

/** Two-sided p of "no difference"; 1 below four rounds. */
export function pDiffers({ log, error, df, rounds }: Difference): number {
  if (rounds < leastRounds || !(error >= 0)) return 1;
  if (error === 0) return log === 0 ? 1 : 0;
  return twoSidedP(log / error, df);
}

/** p of "not slower by more than the limit" (a minimum-effect test); 1 where the estimate itself is not. */
export function pSlowerBeyond({ log, error, df, rounds }: Difference, limit: number): number {
  const beyond = log - Math.log1p(limit);
  if (rounds < leastRounds || !(error >= 0) || !(beyond > 0)) return 1;
  return error === 0 ? 0 : twoSidedP(beyond / error, df);
}
