import { estimateFromDraws } from '../../analysis/estimate.js';
import type { Estimate } from '../../analysis/types.js';

/** A figure with its interval, or the reason why there is none. */
export type Answer =
  | { readonly kind: 'known'; readonly estimate: Estimate }
  | { readonly kind: 'unknown'; readonly because: Unknown };

/** Why a figure of scaling is not known. */
export type Unknown =
  | { readonly kind: Exclude<UnknownKind, 'impossible efficiency'> }
  /** `share`: the efficiency, 1.8 is 180 %. */
  | { readonly kind: 'impossible efficiency'; readonly share: number };

/** Kinds of it. Those with `counts` lack several counts of workers; what else would tell is missing, too. */
type UnknownKind =
  | 'few rounds'
  | 'no single thread'
  | 'no single thread in place'
  | 'no resident time'
  // Work needed.
  | 'one core'
  | 'nothing there'
  | 'no cost'
  | 'not finite'
  // The ceiling.
  | 'nothing unshared'
  | 'few counts'
  | 'few counts, never blocked'
  | 'few counts, takes part'
  // METG.
  | 'all too small'
  | 'all large enough'
  | 'impossible efficiency'
  | 'nothing smaller'
  | 'smaller one cut off'
  | 'threshold not passed'
  // Bandwidth and computing.
  | 'no bandwidth'
  | 'fits into caches'
  | 'no share';

/** An answer that is not known, for a reason that has no number in it. */
export function unknown(kind: Exclude<UnknownKind, 'impossible efficiency'>): Answer {
  return { kind: 'unknown', because: { kind } };
}

/** A figure from draws of it. One that some draws do not have (no crossing, no gain) has no honest interval. */
export function knownFrom(
  value: number,
  draws: Float64Array,
  rounds: number,
  otherwise: Parameters<typeof unknown>[0],
): Answer {
  const estimate = estimateFromDraws(value, draws, rounds);
  const { interval } = estimate;
  if (!Number.isFinite(value)) return unknown(otherwise);
  if (interval === undefined) return unknown('few rounds');
  return Number.isFinite(interval.low) && Number.isFinite(interval.high)
    ? { kind: 'known', estimate }
    : unknown(otherwise);
}
