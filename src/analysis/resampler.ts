import { type Random, seededRandom } from '../results/random.js';
import { meanOf } from './estimate.js';
import { type Level, levelOf } from './level.js';
import { type Noisy, steadyLogs } from './noise.js';
import type { RoundLogs } from './round-logs.js';
import type { SlowMode } from './slow-mode.js';
import type { StraightLine } from './straight-line.js';

/** Draws of the true log time of any cell, aligned: draw `d` of one cell belongs with draw `d` of every other. */
export interface Resampler {
  readonly count: number;
  /** `count` log times; undefined below two rounds. The same array for the same logs: do not change it. */
  draws(logs: RoundLogs): Float64Array | undefined;
  /**
   * The same of the time of a cell, with what is known of its strategy's noise: variances moderated over points, and a
   * slow mode whose share is drawn once for all cells of the strategy.
   */
  levelDraws(entry: Noisy): Float64Array | undefined;
  /** Of the log times on a straight line, by the value on its axis; `nth`: which of several lines, each with luck of its own. */
  lineDraws(nth: number, line: StraightLine, modes: Level['modes']): (value: number) => Float64Array;
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
  const stretchFor = stretchFactors(count, random.normal);
  const known = new WeakMap<RoundLogs, Float64Array>();
  const knownLevels = new WeakMap<Noisy, Float64Array>();
  const shifts = new Map<SlowMode, Float64Array>();
  const draws = (logs: RoundLogs): Float64Array | undefined => {
    const found = known.get(logs);
    if (found !== undefined) return found;
    const { mean, error, rounds: n } = meanOf(logs);
    if (n < 2) return undefined;
    const made = drawAll(logs, { mean, error }, n, z, rounds, stretchFor(n - 1));
    known.set(logs, made);
    return made;
  };
  const shiftsOf = (mode: SlowMode): Float64Array => {
    const found = shifts.get(mode) ?? drawShifts(mode, count, seededRandom(seed * 1_009 + shifts.size));
    shifts.set(mode, found);
    return found;
  };
  const levelDraws = (entry: Noisy): Float64Array | undefined => {
    const found = knownLevels.get(entry);
    if (found !== undefined) return found;
    const { error, df, modes } = levelOf(entry);
    const steady = steadyLogs(entry);
    const { mean, error: own, rounds: n } = meanOf(steady);
    // Without a spread of its own there is nothing to stretch.
    if (n < 2 || !(own > 0)) return draws(entry.logs);
    const stretch = stretchFor(Math.min(mostFreedom, Math.max(1, Math.round(df))));
    const made = drawAll(steady, { mean, error }, n, z, rounds, stretch);
    for (const { mode } of modes)
      shiftsOf(mode).forEach((shift, draw) => {
        made[draw] += shift;
      });
    knownLevels.set(entry, made);
    return made;
  };
  const lineDraws: Resampler['lineDraws'] = (nth, { start, slope, covariance, df }, modes) => {
    const own = seededRandom(seed * 2_003 + nth);
    const [ss, sb, bb] = covariance;
    // Of two numbers that belong together: the root of their covariance, by Cholesky.
    const first = Math.sqrt(ss);
    const second = Math.sqrt(Math.max(0, bb - sb ** 2 / ss));
    const stretch = stretchFactors(count, own.normal)(Math.min(mostFreedom, df));
    const luck = Array.from({ length: count }, () => [own.normal(), own.normal()] as const);
    return (value) => {
      const ns = start + slope * value;
      return Float64Array.from(luck, ([one, other], draw) => {
        const moved = first * one + value * ((sb / first) * one + second * other);
        const shift = modes.reduce((sum, { mode }) => sum + shiftsOf(mode)[draw], 0);
        return Math.log(ns) + (stretch[draw] * moved) / ns + shift;
      });
    };
  };
  return { count, draws, levelDraws, lineDraws };
}

/** From so many degrees of freedom on a t distribution is a normal one. */
const mostFreedom = 120;

/**
 * Draws of what a slow mode adds to the mean: its share from Jeffreys' posterior, its distance about the one seen. Where
 * none was seen, in half of the draws there is none, and else any share was as likely as another (see `limitsOf`).
 */
function drawShifts({ slow, processes, by, byError }: SlowMode, count: number, random: Random): Float64Array {
  return Float64Array.from({ length: count }, () => {
    if (slow === 0) return random.uniform() < 0.5 ? 0 : by * (1 - random.uniform() ** (1 / processes));
    const [some, others] = [gamma(slow + 0.5, random), gamma(processes - slow + 0.5, random)];
    return (some / (some + others)) * (by + byError * random.normal());
  });
}

/** A gamma variate of that shape (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000). */
function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * random.uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = random.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(random.uniform()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** By degrees of freedom, for each draw: sqrt(df / χ²_df). Made as far as they are asked for. */
function stretchFactors(count: number, normal: () => number): (df: number) => Float64Array {
  const squares = new Float64Array(count);
  const factors: Float64Array[] = [];
  return (df) => {
    for (let next = factors.length + 1; next <= df; next++) {
      for (let draw = 0; draw < count; draw++) squares[draw] += normal() ** 2;
      factors.push(squares.map((sum) => Math.sqrt(next / sum)));
    }
    return factors[df - 1];
  };
}

/** `error`: what a draw is to vary by; that of the rounds themselves, or one that other points have a part in. */
function drawAll(
  logs: RoundLogs,
  { mean, error }: { readonly mean: number; readonly error: number },
  n: number,
  z: Float64Array,
  rounds: number,
  stretch: Float64Array,
): Float64Array {
  const own = Math.sqrt(squaresAround(logs, mean) / (n * (n - 1)));
  const scale = (own > 0 ? error / own : 1) / Math.sqrt(n * (n - 1));
  const weights = logs.map((log) => (Number.isNaN(log) ? 0 : (log - mean) * scale));
  return stretch.map((factor, draw) => {
    let sum = 0;
    for (let round = 0; round < weights.length; round++) sum += z[draw * rounds + round] * weights[round];
    return mean + factor * sum;
  });
}

function squaresAround(logs: RoundLogs, mean: number): number {
  let squares = 0;
  for (const log of logs) if (!Number.isNaN(log)) squares += (log - mean) ** 2;
  return squares;
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
