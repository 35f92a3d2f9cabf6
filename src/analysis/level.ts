import { leastRounds, meanOf } from './estimate.js';
import { moderate, type Prior, priorOf, type Variance } from './moderation.js';
import { type Noise, type Noisy, steadyLogs, withoutSlow } from './noise.js';
import { pairedDifference, type RoundLogs } from './round-logs.js';
import type { SlowMode } from './slow-mode.js';
import { betaQuantile, tQuantile, twoSidedP } from './student.js';
import type { Estimate } from './types.js';

/**
 * A time, or the ratio of two, on the log scale: what its rounds say, and what the slow modes of its strategies add.
 * Its parts are independent, and each has an interval of its own.
 */
export interface Level {
  /** Of all processes, slow ones in their share. */
  readonly mean: number;
  /** Standard error and degrees of freedom of the part that its own rounds say. `error` is NaN where nothing is known of it. */
  readonly error: number;
  readonly df: number;
  /** All rounds, slow ones among them. */
  readonly rounds: number;
  /** `sign` −1 where it is divided by. */
  readonly modes: readonly { readonly mode: SlowMode; readonly sign: 1 | -1 }[];
}

const levels = new WeakMap<Noisy, Level>();

/** The time of one cell: geometric mean over processes. */
export function levelOf(entry: Noisy): Level {
  const known = levels.get(entry);
  if (known !== undefined) return known;
  const { noise, logs } = entry;
  const steady = steadyLogs(entry);
  const prior = noise === undefined ? undefined : timePrior(noise);
  const level = levelFrom(
    logs,
    steady,
    prior,
    noise?.mode === undefined ? [] : [{ mode: noise.mode, sign: 1 }],
  );
  levels.set(entry, level);
  return level;
}

/** `a` over `b`, in the rounds that both have: what both share in a round (clock speed, neighbours) cancels. */
export function ratioLevel(a: Noisy, b: Noisy): Level {
  const logs = pairedDifference(a.logs, b.logs);
  const steady = withoutSlow(withoutSlow(logs, a.slowRounds), b.slowRounds);
  const prior = a.noise === undefined || b.noise === undefined ? undefined : pairPrior(a.noise, b.noise);
  return levelFrom(logs, steady, prior, [
    ...(a.noise?.mode === undefined ? [] : [{ mode: a.noise.mode, sign: 1 as const }]),
    ...(b.noise?.mode === undefined ? [] : [{ mode: b.noise.mode, sign: -1 as const }]),
  ]);
}

function levelFrom(
  logs: RoundLogs,
  steady: RoundLogs,
  prior: Prior | undefined,
  modes: Level['modes'],
): Level {
  const [all, own] = [spreadOf(logs), spreadOf(steady)];
  const variance = moderate(own.variance, prior);
  // Hardly a round of them was fast, and nothing else says how much they differ: then it is judged as it is.
  if (own.count === 0 || !(variance.df > 0)) {
    return {
      mean: all.mean,
      error: errorOf(all.variance, all.count),
      df: all.variance.df,
      rounds: all.count,
      modes: [],
    };
  }
  const shift = modes.reduce((sum, { mode, sign }) => sum + sign * shiftOf(mode), 0);
  return {
    mean: own.mean + shift,
    error: errorOf(variance, own.count),
    df: variance.df,
    rounds: all.count,
    modes,
  };
}

function errorOf({ value, df }: Variance, count: number): number {
  return df > 0 ? Math.sqrt(value / count) : Number.NaN;
}

function spreadOf(logs: RoundLogs): { mean: number; count: number; variance: Variance } {
  const { mean, rounds, squares } = meanOf(logs);
  return {
    mean,
    count: rounds,
    variance: { value: rounds < 2 ? 0 : squares / (rounds - 1), df: rounds - 1 },
  };
}

const timePriors = new WeakMap<Noise, { readonly prior: Prior | undefined }>();
const pairPriors = new WeakMap<Noise, WeakMap<Noise, { readonly prior: Prior | undefined }>>();

/** Of the times of a strategy, over its points. */
function timePrior(noise: Noise): Prior | undefined {
  const known = timePriors.get(noise);
  if (known !== undefined) return known.prior;
  const variances = [...noise.cells.values()].map(
    ({ logs, slow }) => spreadOf(withoutSlow(logs, slow)).variance,
  );
  const prior = priorOf(variances);
  timePriors.set(noise, { prior });
  return prior;
}

/** Of the ratios of two strategies, over the points that both have: the same either way round. */
function pairPrior(a: Noise, b: Noise): Prior | undefined {
  const known = pairPriors.get(a)?.get(b);
  if (known !== undefined) return known.prior;
  const variances = [...a.cells].flatMap(([point, one]) => {
    const other = b.cells.get(point);
    if (other === undefined) return [];
    const logs = pairedDifference(one.logs, other.logs);
    return [spreadOf(withoutSlow(withoutSlow(logs, one.slow), other.slow)).variance];
  });
  const found = { prior: priorOf(variances) };
  for (const [first, second] of [
    [a, b],
    [b, a],
  ]) {
    const of = pairPriors.get(first) ?? new WeakMap();
    pairPriors.set(first, of.set(second, found));
  }
  return found.prior;
}

/** What a slow mode adds to the mean of the log times. */
export function shiftOf({ slow, processes, by }: SlowMode): number {
  return (slow / processes) * by;
}

/**
 * The range that leaves out `tail` of the chance on each side, on the log scale. The parts' own limits are put together by
 * the squares of their distances (MOVER: Zou and Donner, "Construction of confidence limits about effect measures",
 * Statistics in Medicine 27, 2008): the share of a slow mode is far from symmetric, and at none seen has an upper limit only.
 */
export function limitsOf({ mean, error, df, modes }: Level, tail: number): { low: number; high: number } {
  const half = tQuantile(1 - 2 * tail, Math.max(1, Math.floor(df))) * error;
  let [below, above] = [half ** 2, half ** 2];
  for (const { mode, sign } of modes) {
    const [less, more] = shiftDistances(mode, tail);
    below += (sign > 0 ? less : more) ** 2;
    above += (sign > 0 ? more : less) ** 2;
  }
  return { low: mean - Math.sqrt(below), high: mean + Math.sqrt(above) };
}

const distances = new WeakMap<SlowMode, Map<number, readonly [less: number, more: number]>>();

/**
 * How far below and above its estimate a mode's shift may lie: the share by Jeffreys' interval (Brown, Cai and DasGupta,
 * "Interval estimation for a binomial proportion", 2001), the distance by its error. Where none was seen, there is as likely
 * no such mode at all, and else any share is as likely as another: at 95 % up to 3 in as many as were seen (Hanley and
 * Lippman-Hand, "If nothing goes wrong, is everything all right?", 1983).
 */
function shiftDistances(mode: SlowMode, tail: number): readonly [less: number, more: number] {
  const known = distances.get(mode) ?? new Map<number, readonly [number, number]>();
  distances.set(mode, known);
  const before = known.get(tail);
  if (before !== undefined) return before;
  const { slow, processes, by, byError } = mode;
  if (slow === 0) {
    const most = [0, by * (1 - Math.min(1, 2 * tail) ** (1 / processes))] as const;
    known.set(tail, most);
    return most;
  }
  const share = slow / processes;
  const shareAt = (p: number) => betaQuantile(p, slow + 0.5, processes - slow + 0.5);
  const normal = tQuantile(1 - 2 * tail, manyRounds) * byError * share;
  const less = Math.hypot(by * Math.max(0, share - shareAt(tail)), normal);
  const more = Math.hypot(by * Math.max(0, shareAt(1 - tail) - share), normal);
  known.set(tail, [less, more]);
  return [less, more];
}

/** So many degrees of freedom are as good as a normal distribution. */
const manyRounds = 100_000;

/** Geometric mean over processes, with its interval: what is printed as the time of a cell. */
export function timeOf(entry: Noisy): Estimate {
  return estimateOfLevel(levelOf(entry));
}

/**
 * Time of `a` over time of `b`, paired by round. An effect-size interval as in Kalibera and Jones, "Quantifying
 * performance changes with effect size confidence intervals" (2012), in its paired form.
 */
export function ratioOf(a: Noisy, b: Noisy): Estimate {
  return estimateOfLevel(ratioLevel(a, b));
}

/** Value with its 95 % interval; without one below four rounds. */
export function estimateOfLevel(level: Level): Estimate {
  const { mean, error, rounds } = level;
  const value = Math.exp(mean);
  if (rounds < leastRounds || !(error >= 0)) return { value, rounds };
  const { low, high } = limitsOf(level, 0.025);
  return { value, interval: { low: Math.exp(low), high: Math.exp(high) }, rounds };
}

/** Tails at which limits are looked at to find a p: from a half to where nothing is in doubt. */
const tails = Array.from({ length: 40 }, (_, i) => 0.499 * 0.6 ** i);

/**
 * Two-sided p of "not below `bound`"; 1 where the estimate is not, and where nothing is known. At least two rounds: their
 * one degree of freedom is little but true.
 */
export function pBelow(level: Level, bound: number): number {
  const { mean, error, df, rounds, modes } = level;
  if (!(rounds >= 2) || !(mean < bound) || !(error >= 0)) return 1;
  if (modes.length === 0)
    return error === 0 ? 0 : twoSidedP((mean - bound) / error, Math.max(1, Math.floor(df)));
  let before = { tail: 0.5, high: mean };
  for (const tail of tails) {
    const { high } = limitsOf(level, tail);
    if (high >= bound) {
      const part = (bound - before.high) / (high - before.high);
      return 2 * Math.exp(Math.log(before.tail) + part * (Math.log(tail) - Math.log(before.tail)));
    }
    before = { tail, high };
  }
  return 2 * before.tail;
}
