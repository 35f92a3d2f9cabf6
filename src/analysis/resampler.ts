import { seededRandom } from '../results/random.js';
import { meanOf } from './estimate.js';
import type { RoundLogs } from './round-logs.js';

/** Draws of the true log time of any cell, aligned: draw `d` of one cell belongs with draw `d` of every other. */
export interface Resampler {
  readonly count: number;
  /** `count` log times; undefined below two rounds. The same array for the same logs: do not change it. */
  draws(logs: RoundLogs): Float64Array | undefined;
}

/** 256 MB of them: of more than 16,000 measured rounds there are fewer draws than were asked for. */
const mostNumbers = 2 ** 25;

/**
 * A parametric resample whose marginals are exactly Student's t. With y_r the log times of all cells in round r,
 * one draw of all cells together is
 *
 *     ȳ + sqrt((n − 1) / χ²_{n−1}) · Σ_r z_r (y_r − ȳ) / sqrt(n (n − 1)),   z_r independent N(0, 1).
 *
 * The sum is N(0, s²/n) for every cell and for every difference of cells, whatever their correlation, because the
 * same z_r multiplies the whole vector of a round: what a round did to two cells stays paired. The common factor
 * turns the normal into a t. This is the posterior of a multivariate mean under Jeffreys' prior, one variable at a
 * time (Gelman et al., Bayesian Data Analysis, 3rd edition, 3.6), written without ever forming a covariance matrix,
 * which with few rounds would be singular. It serves all that chooses or searches (best of several, crossings,
 * break-even); single cells and pairs use the closed form, to which it converges.
 *
 * A cell with fewer rounds uses the z_r of its own rounds and χ² of its own n; χ² of n rounds is part of the sum
 * for n + 1, so that cells of nearly equal n stay together.
 */
export function resampler(seed: number, rounds: number, asked: number): Resampler {
  const random = seededRandom(seed);
  const count = Math.max(2, Math.min(asked, Math.floor(mostNumbers / rounds)));
  const z = new Float64Array(count * rounds).map(() => random.normal());
  const stretches = stretchFactors(count, rounds, random.normal);
  const known = new WeakMap<RoundLogs, Float64Array>();
  return {
    count,
    draws(logs) {
      const found = known.get(logs);
      if (found !== undefined) return found;
      const { mean, rounds: n } = meanOf(logs);
      if (n < 2) return undefined;
      const made = drawAll(logs, mean, n, z, rounds, stretches[n]);
      known.set(logs, made);
      return made;
    },
  };
}

/** `[n][draw]` → sqrt((n − 1) / χ²_{n−1}). */
function stretchFactors(count: number, rounds: number, normal: () => number): Float64Array[] {
  const squares = new Float64Array(count);
  const factors = [new Float64Array(0), new Float64Array(0)];
  for (let n = 2; n <= rounds; n++) {
    for (let draw = 0; draw < count; draw++) squares[draw] += normal() ** 2;
    factors.push(squares.map((sum) => Math.sqrt((n - 1) / sum)));
  }
  return factors;
}

function drawAll(
  logs: RoundLogs,
  mean: number,
  n: number,
  z: Float64Array,
  rounds: number,
  stretch: Float64Array,
): Float64Array {
  const scale = 1 / Math.sqrt(n * (n - 1));
  const weights = logs.map((log) => (Number.isNaN(log) ? 0 : (log - mean) * scale));
  return stretch.map((factor, draw) => {
    let sum = 0;
    for (let round = 0; round < weights.length; round++) sum += z[draw * rounds + round] * weights[round];
    return mean + factor * sum;
  });
}

/** Draw by draw the least of several; undefined for none. */
export function leastOf(draws: readonly Float64Array[]): Float64Array | undefined {
  if (draws.length <= 1) return draws[0];
  return draws[0].map((first, draw) => {
    let least = first;
    for (let i = 1; i < draws.length; i++) if (draws[i][draw] < least) least = draws[i][draw];
    return least;
  });
}
