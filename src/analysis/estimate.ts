import type { RoundLogs } from './round-logs.js';
import { tQuantile } from './student.js';
import type { Estimate, Interval } from './types.js';

/** Below this many rounds a value has no interval and nothing wins (DESIGN rule 10). */
export const leastRounds = 4;

/** Rounds from which on a run is a full one: the t interval is not much wider than with many. */
export const fullRounds = 8;

/** Rounds of a quick run, where nobody says how many. */
export const quickRounds = 4;

export const level = 0.95;

/** Mean over rounds with its standard error, both on the scale of the values (mostly logs); `error` is NaN for one round. */
export interface Mean {
  readonly mean: number;
  readonly error: number;
  readonly rounds: number;
  /** Sum of the squared distances from the mean. */
  readonly squares: number;
}

export function meanOf(logs: RoundLogs): Mean {
  let rounds = 0;
  let sum = 0;
  for (const log of logs) {
    if (Number.isNaN(log)) continue;
    rounds++;
    sum += log;
  }
  const mean = sum / rounds;
  let squares = 0;
  for (const log of logs) if (!Number.isNaN(log)) squares += (log - mean) ** 2;
  const error = rounds < 2 ? Number.NaN : Math.sqrt(squares / (rounds - 1) / rounds);
  return { mean, error, rounds, squares };
}

/**
 * Geometric mean over rounds with Student's t interval: exact for log-normal noise between rounds at any number of
 * rounds, where a percentile bootstrap of five rounds covers 85 %. Rounds as the unit: Kalibera and Jones,
 * "Rigorous benchmarking in reasonable time" (ISMM 2013), with one level of repetition above the process.
 */
export function estimateOf(logs: RoundLogs): Estimate {
  const { mean, error, rounds } = meanOf(logs);
  const value = Math.exp(mean);
  if (rounds < leastRounds) return { value, rounds };
  const half = tQuantile(level, rounds - 1) * error;
  return { value, interval: { low: Math.exp(mean - half), high: Math.exp(mean + half) }, rounds };
}

/** The 2.5 and 97.5 percentiles of draws (of any scale), linear between order statistics. */
export function percentileInterval(draws: Float64Array): Interval {
  const sorted = draws.slice().sort();
  return { low: quantileOf(sorted, (1 - level) / 2), high: quantileOf(sorted, (1 + level) / 2) };
}

/** A quantile of ascending values. */
export function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  // Not `low + f · (high − low)`: with two infinite neighbours that would be NaN.
  return sorted[below] === sorted[above]
    ? sorted[below]
    : sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/** An estimate from a value and draws of its logarithm. */
export function estimateFromLogDraws(logValue: number, draws: Float64Array, rounds: number): Estimate {
  const value = Math.exp(logValue);
  if (rounds < leastRounds) return { value, rounds };
  const { low, high } = percentileInterval(draws);
  return { value, interval: { low: Math.exp(low), high: Math.exp(high) }, rounds };
}

/** An estimate from a value and draws on the same scale. */
export function estimateFromDraws(value: number, draws: Float64Array, rounds: number): Estimate {
  return rounds < leastRounds ? { value, rounds } : { value, interval: percentileInterval(draws), rounds };
}
