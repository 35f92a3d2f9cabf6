import { leastRounds, level } from './estimate.js';
import { alpha } from './holm.js';
import { limitsOf, ratioLevel, ratioOf } from './level.js';
import { fastest, measuredOf, pBeats, rivalsOf, withinMargin } from './rivalry.js';
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
 * largest p counts), and the least of these p is multiplied by the number of challengers. The ratio of the two fastest
 * would not do here: the least of several noisy times lies below the least true time, and the larger group would win ties.
 */
export function contest(
  challengers: readonly Entry[],
  incumbents: readonly Entry[],
  margin: number,
): Contest | undefined {
  const [ours, theirs] = [rivalsOf(challengers), rivalsOf(incumbents)];
  if (ours.length === 0 || theirs.length === 0) return undefined;
  const [pOurs, pTheirs] = [pGroup(ours, theirs, 0), pGroup(theirs, ours, 0)];
  const [challenger, incumbent] = [fastest(ours), fastest(theirs)];
  const ratio = groupRatio(ours, theirs);
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
export function winnerOf(asked: Contest | undefined, adjustedP: number, level = alpha): RegionWinner {
  if (asked === undefined) return 'undecided';
  if (asked.same) return 'same';
  return adjustedP < level ? asked.favours : 'undecided';
}

function pGroup(group: readonly Entry[], rivals: readonly Entry[], margin: number): number {
  const candidates = measuredOf(group);
  // Bounds alone cannot be shown to be faster than anything.
  if (candidates.length === 0) return 1;
  const ps = candidates.map((one) => Math.max(...rivals.map((rival) => pBeats(one, rival, margin))));
  return Math.min(1, Math.min(1, ...ps) * candidates.length);
}

function groupRatio(ours: readonly Entry[], theirs: readonly Entry[]): Estimate | undefined {
  const [challenger, incumbent] = [fastest(ours), fastest(theirs)];
  if (challenger === undefined || incumbent === undefined) return undefined;
  return bestRatio(measuredOf(theirs), measuredOf(ours));
}

/**
 * Best time of `above` over best time of `below`. Both hold measured entries. Several that are about as fast: the least of
 * their noisy times lies below the least true time, and so would its interval. The true best of `above` is each one's
 * lower bound at least, and no more than any one's upper bound; which one was the best was not known before, so that the
 * upper bounds share their chance of error (Bonferroni). Likewise of `below`, the other way round.
 */
export function bestRatio(above: readonly Entry[], below: readonly Entry[]): Estimate {
  const [over, under] = [fastest(above), fastest(below)];
  if (over === undefined || under === undefined) return { value: Number.NaN, rounds: 0 };
  const { value, rounds } = ratioOf(over, under);
  if (rounds < leastRounds) return { value, rounds };
  const tail = (1 - level) / 2;
  const limits = (one: Entry, other: Entry, lower: number, upper: number) => {
    const ratio = ratioLevel(one, other);
    return { low: limitsOf(ratio, lower).low, high: limitsOf(ratio, upper).high };
  };
  const [top, bottom] = [contendersOf(above, over), contendersOf(below, under)];
  const against = top.map((one) =>
    bottom.map((other) => limits(one, other, tail / bottom.length, tail / top.length)),
  );
  // Over the best of `below`: the largest of the ratios to each. Then the least over `above`.
  const low = Math.min(...against.map((row) => Math.max(...row.map((each) => each.low))));
  const high = Math.min(...against.map((row) => Math.max(...row.map((each) => each.high))));
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { value, rounds };
  return {
    value,
    interval: {
      low: Math.exp(Math.min(low, Math.log(value))),
      high: Math.exp(Math.max(high, Math.log(value))),
    },
    rounds,
  };
}

/** Those that may be the best: not surely slower than the one that seems to be. */
function contendersOf(entries: readonly Entry[], best: Entry): Entry[] {
  return entries.filter((entry) => entry === best || pBeats(best, entry) >= surely);
}

/** Beyond doubt, whatever else is asked: what is left out by it needs no share of an interval's chance of error. */
const surely = 0.001;

function sameTimes(interval: Interval, entries: readonly Entry[], margin: number): boolean {
  const best = fastest(entries);
  const bounds = entries.filter(({ state }) => state.kind === 'bound');
  return (
    withinMargin(Math.log(interval.low), Math.log(interval.high), margin) &&
    // A strategy over its limit may still be the fastest where the limit lies below the others' times.
    bounds.every((rival) => best !== undefined && pBeats(best, rival) < alpha)
  );
}
