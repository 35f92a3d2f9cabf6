import { seededRandom } from '../../results/random.js';
import { mostRounds, stintOf } from './rules.js';

/** What some rounds have shown of a quantity on the log scale: a ratio of two times, or where a crossover lies. */
export interface Known {
  readonly rounds: number;
  readonly mean: number;
  /** Standard deviation of one round, as its own rounds show it: the interval that will be judged is made from it. */
  readonly own: number;
  /** The same, with other cells' help: nearer to the truth. `freedom`: how well it is known, as of a χ². */
  readonly spread: number;
  readonly freedom: number;
}

/** The planner's own rule: do so many rounds with this mean and standard error end the question? */
export type Settled = (mean: number, error: number, rounds: number) => boolean;

/** The share of the futures in which what is told has to be right. */
const nearlyAll = 0.85;

/** Futures that are tried. The mass of a window is then known to about 5 points, and one question takes a millisecond. */
const futures = 100;

/**
 * About how many rounds a question has when it is settled; infinite where that is beyond waiting in most futures.
 *
 * The planner looks at a question after stints of most of the told time, and the first look that fits ends it. A formula
 * of the mean width tells too much, and one of the estimated gap too, since pairs are open above all where chance has
 * made their gap look small. So futures are drawn instead, as the rounds so far make them likely: the true spread from
 * its χ², the true mean about the one seen, then round after round (a posterior predictive: Gelman et al., Bayesian Data
 * Analysis, 3rd edition, 3.2). Told is the least number of further rounds that, with the looks that follow from telling
 * it, is right within a factor of 2 in nearly all of them. Seeded: the same records tell the same time.
 */
export function roundsToSettle(known: Known, settled: Settled): number {
  const random = seededRandom(known.rounds);
  const drawn: Uint8Array[] = [];
  for (let i = 0; i < futures; i++) {
    let chi = 0;
    for (let j = 0; j < known.freedom; j++) chi += random.normal() ** 2;
    const spread = known.spread * Math.sqrt(known.freedom / chi);
    const mean = known.mean + (spread / Math.sqrt(known.rounds)) * random.normal();
    drawn.push(future(known, settled, () => mean + spread * random.normal()));
  }
  const ended = drawn.filter((each) => each.includes(1));
  if (ended.length * 2 <= futures) return Number.POSITIVE_INFINITY;
  return known.rounds + toldRounds(ended, known.rounds);
}

/** 1 at each number of rounds at which a look would end the question. Welford's running variance. */
function future({ rounds, mean: before, own }: Known, settled: Settled, next: () => number): Uint8Array {
  const ends = new Uint8Array(mostRounds + 1);
  let mean = before;
  let squares = (rounds - 1) * own ** 2;
  for (let n = rounds + 1; n <= mostRounds; n++) {
    const from = next() - mean;
    mean += from / n;
    squares += (from ** 2 * (n - 1)) / n;
    if (settled(mean, Math.sqrt(squares / (n - 1) / n), n)) ends[n] = 1;
  }
  return ends;
}

/** The least number that is right in nearly all futures; where there is none, the one that is right in the most. */
function toldRounds(drawn: readonly Uint8Array[], rounds: number): number {
  let [best, most] = [1, 0];
  for (let told = 1; rounds + told <= mostRounds; told = Math.max(told + 1, Math.ceil(told * 1.05))) {
    const right = drawn.filter((each) => isRight(told, each, rounds)).length / drawn.length;
    if (right > most) [best, most] = [told, right];
    if (right >= nearlyAll) break;
  }
  return best;
}

/** Is the first look that ends the question between half and double the told number, if the same is told at each? */
function isRight(told: number, ends: Uint8Array, rounds: number): boolean {
  let at = rounds;
  while (at - rounds <= 2 * told) {
    at += stintOf({ rounds: at, needs: at + told });
    if (ends[at] === 1) return told <= 2 * (at - rounds) && at - rounds <= 2 * told;
  }
  return false;
}
