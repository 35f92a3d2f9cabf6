import { leastRounds, level, meanOf, pBelow, pFaster } from './estimate.js';
import { pairedDifference } from './round-logs.js';
import { tQuantile } from './student.js';
import type { Entry } from './table.js';

/** Those who take part at a point: measured, or known to be slower than a limit. The rest never ranks. */
export function rivalsOf(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ state }) => state.kind === 'measured' || state.kind === 'bound');
}

export function measuredOf(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ state }) => state.kind === 'measured');
}

/**
 * Two-sided p of "no difference", given that `a` is faster than `rival`; 1 where that is not so.
 * A rival over its limit is slower than its bound, where the account has one. Where it has none, it has lost: every
 * cell of a run has the same limit, and `a` finished within it.
 * With a `margin`, p of "not faster by more than it" (a minimum-effect test): where a tie is an answer, a winner inside
 * it would contradict it. Two-sided all the same, since either side may be asked about.
 * A winner needs four rounds; a loser may have fewer (it was stopped early): the t for few rounds is honest about it.
 */
export function pBeats(a: Entry, rival: Entry, margin = 0): number {
  const mean = meanOf(a.logs);
  if (mean.rounds < leastRounds) return 1;
  if (rival.state.kind === 'bound') {
    return rival.state.overNs === undefined
      ? 0
      : pBelow(mean, Math.log(rival.state.overNs) - Math.log1p(margin));
  }
  return pFaster(a.logs, rival.logs, margin);
}

/**
 * True where the whole 95 % interval of the ratio lies within 1 ± margin: an equivalence test (two one-sided tests
 * at 2.5 %; Schuirmann 1987).
 */
export function isSame(a: Entry, b: Entry, margin: number): boolean {
  const { mean, error, rounds } = meanOf(pairedDifference(a.logs, b.logs));
  if (rounds < leastRounds) return false;
  const half = tQuantile(level, rounds - 1) * error;
  return withinMargin(mean - half, mean + half, margin);
}

/** Ends of an interval of a log ratio against the margin, alike for a ratio and its inverse. */
export function withinMargin(low: number, high: number, margin: number): boolean {
  return low >= -Math.log1p(margin) && high <= Math.log1p(margin);
}

export function fastest(entries: readonly Entry[]): Entry | undefined {
  let best: Entry | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const entry of measuredOf(entries)) {
    const { mean } = meanOf(entry.logs);
    if (mean < least) {
      least = mean;
      best = entry;
    }
  }
  return best;
}
