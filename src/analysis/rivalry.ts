import { leastRounds } from './estimate.js';
import { isBaseline } from './group.js';
import { estimateOfLevel, levelOf, pBelow, ratioLevel } from './level.js';
import type { Entry } from './table.js';

/** Those who take part at a point: measured, or known to be slower than a limit. The rest never ranks. */
export function rivalsOf(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ state }) => state.kind === 'measured' || state.kind === 'bound');
}

/**
 * Without those that run the baseline's loop again, where it was measured and somebody else takes part: two that do the same
 * can only be told apart by chance, and nobody has to choose between them.
 */
export function competing(entries: readonly Entry[]): Entry[] {
  const others = entries.filter(({ baselineLoop }) => !baselineLoop);
  const stands = others.some(({ strategy, state }) => isBaseline(strategy) && state.kind === 'measured');
  return stands && rivalsOf(others).length > 1 ? others : [...entries];
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
  const level = levelOf(a);
  if (level.rounds < leastRounds) return 1;
  if (rival.state.kind === 'bound') {
    return rival.state.overNs === undefined
      ? 0
      : pBelow(level, Math.log(rival.state.overNs) - Math.log1p(margin));
  }
  return pBelow(ratioLevel(a, rival), -Math.log1p(margin));
}

/**
 * True where the whole 95 % interval of the ratio lies within 1 ± margin: an equivalence test (two one-sided tests
 * at 2.5 %; Schuirmann 1987).
 */
export function isSame(a: Entry, b: Entry, margin: number): boolean {
  const { interval } = estimateOfLevel(ratioLevel(a, b));
  return interval !== undefined && withinMargin(Math.log(interval.low), Math.log(interval.high), margin);
}

/** Ends of an interval of a log ratio against the margin, alike for a ratio and its inverse. */
export function withinMargin(low: number, high: number, margin: number): boolean {
  return low >= -Math.log1p(margin) && high <= Math.log1p(margin);
}

export function fastest(entries: readonly Entry[]): Entry | undefined {
  let best: Entry | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const entry of measuredOf(entries)) {
    const { mean } = levelOf(entry);
    if (mean < least) {
      least = mean;
      best = entry;
    }
  }
  return best;
}

/** The entry with the most elements; among equals the one farthest along the numeric axes, then the last. */
export function largestOf(entries: readonly Entry[]): Entry | undefined {
  return entries.reduce<Entry | undefined>(
    (largest, entry) => (largest === undefined || isLarger(entry, largest) ? entry : largest),
    undefined,
  );
}

function isLarger(a: Entry, b: Entry): boolean {
  if (a.cell.elements !== b.cell.elements) return a.cell.elements > b.cell.elements;
  return extent(a) >= extent(b);
}

function extent({ cell }: Entry): number {
  const numbers = Object.values(cell.point).filter((value) => typeof value === 'number');
  return numbers.reduce((sum, value) => sum + Math.log(Math.max(value, Number.MIN_VALUE)), 0);
}
