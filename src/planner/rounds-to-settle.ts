import { seededRandom } from '../results/random.js';

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

/** Futures that are tried. The mass of a window is then known to about 5 points, and one question takes a millisecond. */
const futures = 100;

/** More rounds than anybody will wait for. */
const tooMany = 600;

/**
 * About how many rounds a question has when it is settled; infinite where that is beyond waiting in most futures.
 *
 * The end is a first passage: after each round the interval is looked at, and the first one that fits ends the question.
 * A formula of the mean width tells too much, and one of the estimated gap too, since pairs are open above all where
 * chance has made their gap look small. So futures are drawn instead, as the rounds so far make them likely: the true
 * spread from its χ², the true mean about the one seen, then round after round until the rule is met (a posterior
 * predictive: Gelman et al., Bayesian Data Analysis, 3rd edition, 3.2). Told is the number of further rounds that lies
 * within a factor of 2 of the most of them. Seeded: the same records tell the same time.
 */
export function roundsToSettle(known: Known, settled: Settled): number {
  const random = seededRandom(known.rounds);
  const further: number[] = [];
  for (let i = 0; i < futures; i++) {
    let chi = 0;
    for (let j = 0; j < known.freedom; j++) chi += random.normal() ** 2;
    const spread = known.spread * Math.sqrt(known.freedom / chi);
    const mean = known.mean + (spread / Math.sqrt(known.rounds)) * random.normal();
    further.push(passage(known, settled, () => mean + spread * random.normal()));
  }
  return known.rounds + mostlyWithin2(further);
}

/** Further rounds until the rule is met in one future; infinite where it is not in time. Welford's running variance. */
function passage({ rounds, mean: before, own }: Known, settled: Settled, next: () => number): number {
  let mean = before;
  let squares = (rounds - 1) * own ** 2;
  for (let n = rounds + 1; n <= tooMany; n++) {
    const from = next() - mean;
    mean += from / n;
    squares += (from ** 2 * (n - 1)) / n;
    if (settled(mean, Math.sqrt(squares / (n - 1) / n), n)) return n - rounds;
  }
  return Number.POSITIVE_INFINITY;
}

/** The number with the most of the given ones between its half and its double; infinite where most of them are. */
function mostlyWithin2(further: readonly number[]): number {
  const ended = further.filter((each) => Number.isFinite(each));
  if (ended.length * 2 <= further.length) return Number.POSITIVE_INFINITY;
  let [best, most] = [1, 0];
  for (let told = 1; told <= tooMany; told = Math.max(told + 1, Math.ceil(told * 1.05))) {
    const within = ended.filter((each) => told <= 2 * each && each <= 2 * told).length;
    if (within > most) [best, most] = [told, within];
  }
  return best;
}
