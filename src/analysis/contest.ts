import { estimateFromLogDraws, estimateOf, meanOf } from './estimate.js';
import { alpha } from './holm.js';
import { leastOf, type Resampler } from './resampler.js';
import { fastest, measuredOf, pBeats, rivalsOf, withinMargin } from './rivalry.js';
import { pairedDifference } from './round-logs.js';
import type { Entry } from './table.js';
import type { Estimate, Interval, RegionWinner } from './types.js';

/** Two groups of strategies at one point: is the best of the one faster than the best of the other? */
export interface Contest {
  readonly favours: 'challenger' | 'incumbent';
  /** Two-sided p of "no difference". */
  readonly p: number;
  /** Two-sided p of "no difference beyond the tie margin", for the side that is favoured. */
  readonly pBeyond: number;
  readonly same: boolean;
  /** Best incumbent's time over best challenger's: above 1 the challenger is faster. Absent unless both were measured. */
  readonly ratio?: Estimate;
  /** Fastest of each group by estimate. */
  readonly challenger?: string;
  readonly incumbent?: string;
}

/**
 * The challengers lead where one of them beats every incumbent, and win where it does so by more than the tie margin. Each challenger is tested against all incumbents (the
 * largest p counts), and the least of these p is multiplied by the number of challengers. Draws of
 * `min(challengers) / min(incumbents)` would not do here: the least of several noisy times lies below the least true
 * time, and the larger group would win ties. They serve the ratio, and `same`.
 */
export function contest(
  challengers: readonly Entry[],
  incumbents: readonly Entry[],
  resampler: Resampler,
  margin: number,
): Contest | undefined {
  const [ours, theirs] = [rivalsOf(challengers), rivalsOf(incumbents)];
  if (ours.length === 0 || theirs.length === 0) return undefined;
  const [pOurs, pTheirs] = [pGroup(ours, theirs, 0), pGroup(theirs, ours, 0)];
  const [challenger, incumbent] = [fastest(ours), fastest(theirs)];
  const ratio = groupRatio(ours, theirs, resampler);
  return {
    favours: pOurs <= pTheirs ? 'challenger' : 'incumbent',
    p: Math.min(pOurs, pTheirs),
    pBeyond: pOurs <= pTheirs ? pGroup(ours, theirs, margin) : pGroup(theirs, ours, margin),
    same: ratio?.interval !== undefined && sameTimes(ratio.interval, [...ours, ...theirs], margin),
    ...(ratio === undefined ? {} : { ratio }),
    ...(challenger === undefined ? {} : { challenger: challenger.strategy.label }),
    ...(incumbent === undefined ? {} : { incumbent: incumbent.strategy.label }),
  };
}

/** The answer, with a p that may have been adjusted for how many points were asked. */
export function winnerOf(asked: Contest | undefined, adjustedP: number): RegionWinner {
  if (asked === undefined) return 'undecided';
  if (asked.same) return 'same';
  return adjustedP < alpha ? asked.favours : 'undecided';
}

function pGroup(group: readonly Entry[], rivals: readonly Entry[], margin: number): number {
  const candidates = measuredOf(group);
  // Bounds alone cannot be shown to be faster than anything.
  if (candidates.length === 0) return 1;
  const ps = candidates.map((one) => Math.max(...rivals.map((rival) => pBeats(one, rival, margin))));
  return Math.min(1, Math.min(1, ...ps) * candidates.length);
}

function groupRatio(
  ours: readonly Entry[],
  theirs: readonly Entry[],
  resampler: Resampler,
): Estimate | undefined {
  const [challenger, incumbent] = [fastest(ours), fastest(theirs)];
  if (challenger === undefined || incumbent === undefined) return undefined;
  return bestRatio(measuredOf(theirs), measuredOf(ours), resampler);
}

/** Best time of `above` over best time of `below`, the best chosen again in each draw. Both hold measured entries. */
export function bestRatio(above: readonly Entry[], below: readonly Entry[], resampler: Resampler): Estimate {
  // A pair has its closed form; draws only come near it.
  if (above.length === 1 && below.length === 1)
    return estimateOf(pairedDifference(above[0].logs, below[0].logs));
  const least = (entries: readonly Entry[]) => Math.min(...entries.map(({ logs }) => meanOf(logs).mean));
  const drawsOf = (entries: readonly Entry[]) =>
    leastOf(entries.flatMap(({ logs }) => resampler.draws(logs) ?? []));
  const logRatio = least(above) - least(below);
  const [over, under] = [drawsOf(above), drawsOf(below)];
  const rounds = Math.min(bestRounds(above), bestRounds(below));
  if (over === undefined || under === undefined) return { value: Math.exp(logRatio), rounds };
  return estimateFromLogDraws(
    logRatio,
    over.map((log, draw) => log - under[draw]),
    rounds,
  );
}

function bestRounds(entries: readonly Entry[]): number {
  const best = fastest(entries);
  return best === undefined ? 0 : meanOf(best.logs).rounds;
}

function sameTimes(interval: Interval, entries: readonly Entry[], margin: number): boolean {
  const best = fastest(entries);
  const bounds = entries.filter(({ state }) => state.kind === 'bound');
  return (
    withinMargin(Math.log(interval.low), Math.log(interval.high), margin) &&
    // A strategy over its limit may still be the fastest where the limit lies below the others' times.
    bounds.every((rival) => best !== undefined && pBeats(best, rival) < alpha)
  );
}
