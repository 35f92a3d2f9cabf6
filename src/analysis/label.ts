import type { RunHeader } from '../results/format.js';
import { holm, type Looking, mapAlpha, paidLevel } from './holm.js';
import { ratioOf, timeOf } from './level.js';
import { competing, fastest, isSame, pBeats, rivalsOf } from './rivalry.js';
import { cautious } from './settling.js';
import type { Entry } from './table.js';
import type { Estimate, Label } from './types.js';

/**
 * One label per point of a map (one account, all points). A winner is faster than every other strategy that takes
 * part, each tested in a pair; the largest of these p-values is the point's (an intersection-union test: it needs no
 * correction for the number of strategies). Over the points it is adjusted by Holm's method, so that a whole map
 * names a false winner in under 5 % of runs. A strategy whose series had not settled must win by its slower part.
 * `same` is an equivalence test of its own and is not adjusted.
 *
 * A label says who is faster, a region (`judgeLine`) who is faster by more than the margin. They agree wherever the
 * interval lies on one side of the margin: inside it both say `same`, beyond it both name the winner. Where it leaves
 * out a tie and still holds the margin, the label names the faster one and its lead, and the region is undecided: that
 * it is faster is known, that the difference matters is not. A label that asked for the margin too would miss a true
 * 15 % at 8 rounds and 5 % of noise at every other point.
 */
export function labelsOf(
  places: readonly (readonly Entry[])[],
  { margin, ...header }: Pick<RunHeader, 'margin'> & Looking,
): Label[] {
  const map = places.map(competing);
  const ps = map.map(winnerP);
  const level = paidLevel(mapAlpha, header);
  const adjusted = holm(ps);
  // What the correction multiplies a point's p by, it multiplies the p of each pair there by: found where it is below 1.
  return map.map((entries, i) => labelOf(entries, margin, (ps[i] === 0 ? 1 : adjusted[i] / ps[i]) / level));
}

function winnerP(entries: readonly Entry[]): number {
  const top = fastest(entries);
  if (top === undefined) return 1;
  return Math.max(0, ...othersOf(entries, top).map((rival) => pBeats(cautious(top), rival)));
}

function labelOf(entries: readonly Entry[], margin: number, correction: number): Label {
  const top = fastest(entries);
  if (top === undefined) return { kind: 'nobody' };
  const others = othersOf(entries, top);
  // A race of one has no winner.
  if (others.length === 0) return { kind: 'nobody' };
  const contenders = others.filter(
    (rival) => pBeats(cautious(top), rival) * correction >= 1 || sameAs(top, rival, margin),
  );
  if (contenders.length === 0)
    return { kind: 'winner', strategy: top.strategy.label, lead: leadOf(top, others) };
  const front = [top, ...contenders];
  const strategies = front.map(({ strategy }) => strategy.label);
  return { kind: pairwiseSame(front, margin) ? 'same' : 'undecided', strategies };
}

function othersOf(entries: readonly Entry[], top: Entry): Entry[] {
  return rivalsOf(entries).filter((entry) => entry !== top);
}

function sameAs(a: Entry, b: Entry, margin: number): boolean {
  return a.state.kind === 'measured' && b.state.kind === 'measured' && isSame(a, b, margin);
}

function pairwiseSame(front: readonly Entry[], margin: number): boolean {
  return front.every((a, i) => front.slice(i + 1).every((b) => sameAs(a, b, margin)));
}

/** The runner-up's time over the winner's; against bounds only, the least bound over the winner's time (1 where no bound has a time), without interval. */
function leadOf(top: Entry, others: readonly Entry[]): Estimate {
  const runnerUp = fastest(others);
  if (runnerUp !== undefined) return ratioOf(runnerUp, top);
  const { value, rounds } = timeOf(top);
  const bounds = others.flatMap(({ state }) =>
    state.kind === 'bound' && state.overNs !== undefined ? [state.overNs / value] : [],
  );
  return { value: bounds.length === 0 ? 1 : Math.min(...bounds), rounds };
}
