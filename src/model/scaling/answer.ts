import { estimateFromDraws } from '../../analysis/estimate.js';
import type { Estimate } from '../../analysis/types.js';

/** A figure with its interval, or the reason why there is none, as a part of a sentence. */
export type Answer =
  | { readonly kind: 'known'; readonly estimate: Estimate }
  | { readonly kind: 'unknown'; readonly because: string };

export function unknown(because: string): Answer {
  return { kind: 'unknown', because };
}

/** A figure from draws of it. One that some draws do not have (no crossing, no gain) has no honest interval. */
export function knownFrom(value: number, draws: Float64Array, rounds: number, otherwise: string): Answer {
  const estimate = estimateFromDraws(value, draws, rounds);
  const { interval } = estimate;
  if (!Number.isFinite(value)) return unknown(otherwise);
  if (interval === undefined) return unknown('fewer than 4 rounds give no interval');
  return Number.isFinite(interval.low) && Number.isFinite(interval.high)
    ? { kind: 'known', estimate }
    : unknown(otherwise);
}
