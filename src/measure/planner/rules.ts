import { lossError } from '../../analysis/best.js';
import { leastRounds, level } from '../../analysis/estimate.js';
import { type Looking, mapAlpha, paidLevel } from '../../analysis/holm.js';
import { tQuantile } from '../../analysis/student.js';
import type { RunHeader } from '../../results/format.js';
import type { Settled } from './rounds-to-settle.js';

/** A crossover is settled where its interval lies within ± this share of its middle. */
export const crossoverWithin = 0.1;

/**
 * A cell is not measured more often than this, however open its question is, and no time beyond it is told. Looks are
 * few (see stints), so that many rounds make no more wrong answers; what so many cannot settle is too close to matter.
 */
export const mostRounds = 200;

/** Rounds at which a run that stops where its questions are answered looks at a question: few, since each is paid for. */
const looksAt = [leastRounds, 6, 9, 13, 20] as const;

/** No question of such a run has more rounds. */
export const mostRoundsUntilAnswered = looksAt[looksAt.length - 1];

/** When such a run looks again at a question that has so many rounds. */
export function nextLook(rounds: number): number {
  return looksAt.find((at) => at > rounds) ?? mostRoundsUntilAnswered;
}

/** The share of the told time after which a question is looked at again. */
const stintShare = 0.75;

/** Rounds until a question is looked at again: what is told is a guess, and most of it passes before a look is worth it. */
export function stintOf({ rounds, needs }: { readonly rounds: number; readonly needs: number }): number {
  return Math.max(1, Math.round(stintShare * (needs - rounds)));
}

/** A label's rule for a pair: its interval, corrected, leaves out a tie, or lies within the margin. */
export function parted({ margin, ...header }: Pick<RunHeader, 'margin'> & Looking, open: number): Settled {
  const corrected = 1 - paidLevel(mapAlpha, header) / Math.max(1, open);
  return (mean, error, rounds) =>
    Math.abs(mean) > tQuantile(corrected, rounds - 1) * error ||
    Math.abs(mean) + tQuantile(level, rounds - 1) * error <= Math.log1p(margin);
}

/** A field's rule: taking the one that seems to be the better of two costs no more than the margin. */
export function costsLittle(
  { margin, ...header }: Pick<RunHeader, 'margin'> & Looking,
  rivals: number,
): Settled {
  const inside = 1 - (2 * paidLevel(lossError, header)) / Math.max(1, rivals);
  return (mean, error, rounds) =>
    tQuantile(inside, rounds - 1) * error - Math.abs(mean) <= Math.log1p(margin);
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
