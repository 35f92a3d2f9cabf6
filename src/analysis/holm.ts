import type { RunHeader } from '../results/format.js';

/** What counts as found. */
export const alpha = 0.05;

/**
 * The same for the winners of a map, of which fewer than 5 in 100 may name a false one. Holm's method spends its level
 * nearly wholly on independent points: at 5 % it named one in 5.1 % of 2,000 simulated maps of two equal strategies on
 * a drifting machine. A promise of "under 5 %" needs a level below it.
 */
export const mapAlpha = 0.04;

/**
 * What a level is worth at each look of a run whose rounds go on until the answer is clear. Who looks twenty times at 5 %
 * finds something that is not there in one case of four; at this share of it, the same each time, in 5 % all told (Pocock,
 * "Group sequential methods in the design and analysis of clinical trials", Biometrika 64, 1977: a nominal level of 0.0081
 * for 0.05). A budget looks less often: first after four rounds, then each time most of what is told has passed.
 */
const shareOfLook = 0.16;

/** The same of a run that stops where its questions are answered: it looks at the ends of six stretches at most. */
const shareOfSix = 0.28;

/** How a run's rounds were decided on. */
export type Looking = Pick<RunHeader, 'budgetMs' | 'until'>;

/** The level at which a run may name anything: the whole of it where the number of rounds was fixed beforehand. */
export function paidLevel(whole: number, { budgetMs, until }: Looking): number {
  if (until === 'answered') return whole * shareOfSix;
  return budgetMs === undefined ? whole : whole * shareOfLook;
}

/**
 * Holm's adjusted p-values, in the order given: `adjusted[i] < alpha` for all i keeps the chance of even one false
 * finding among them below alpha, whatever their correlation (Holm, "A simple sequentially rejective multiple test
 * procedure", Scandinavian Journal of Statistics 6, 1979).
 *
 * Why Holm and not a false-discovery rate: a reader takes a single named winner out of a map and acts on it, so one
 * false name is the error to control; and the tests of a map share rounds, so independence cannot be assumed.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => ps[a] - ps[b]);
  const adjusted = new Array<number>(ps.length).fill(1);
  let largest = 0;
  order.forEach((i, rank) => {
    largest = Math.max(largest, Math.min(1, ps[i] * (ps.length - rank)));
    adjusted[i] = largest;
  });
  return adjusted;
}
