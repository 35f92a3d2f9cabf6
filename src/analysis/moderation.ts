import { mean } from './round-logs.js';
/** What is known of a variance: its value, and with how many degrees of freedom. */
export interface Variance {
  readonly value: number;
  readonly df: number;
}

/**
 * Variances of one kind (a strategy's noise at its points): the one that is typical, and how much a single one may be
 * believed to differ from it, as degrees of freedom.
 */
export type Prior = Variance;

/**
 * Before any point is seen, variances are taken to differ as they were recorded to (prior degrees of freedom 1 to 10 by
 * strategy and situation, 4 in the middle), with the weight of two points: of few points chance alone can make the variances agree, and would
 * then pass for certainty.
 */
const guessed = { df: 4, points: 2 } as const;

/**
 * The prior of some variances, estimated from them (an empirical Bayes fit to their logarithms: Smyth, "Linear models and
 * empirical Bayes methods for assessing differential expression in microarray experiments", 2004, section 6.2). Its
 * degrees of freedom are at most those of all of them together. Undefined for fewer than three, or where one is 0: data without noise.
 */
export function priorOf(variances: readonly Variance[]): Prior | undefined {
  const known = variances.filter(({ df }) => df > 0);
  if (known.length < 3 || known.some(({ value }) => !(value > 0))) return undefined;
  const logs = known.map(({ value, df }) => Math.log(value) - digamma(df / 2) + Math.log(df / 2));
  const middle = mean(logs);
  const chance = mean(known.map(({ df }) => trigamma(df / 2)));
  const seen = logs.reduce((sum, log) => sum + (log - middle) ** 2, 0) - (known.length - 1) * chance;
  const points = known.length - 1 + guessed.points;
  const excess = (seen + guessed.points * trigamma(guessed.df / 2)) / points;
  const most = known.reduce((sum, { df }) => sum + df, 0);
  const df = excess > 0 ? Math.min(most, 2 * trigammaInverse(excess)) : most;
  return { df, value: Math.exp(middle + digamma(df / 2) - Math.log(df / 2)) };
}

/** A variance drawn towards its prior, each with the weight of its degrees of freedom: a moderated t has their sum. */
export function moderate({ value, df }: Variance, prior: Prior | undefined): Variance {
  if (prior === undefined) return { value, df };
  if (!(df > 0)) return prior;
  return { value: (df * value + prior.df * prior.value) / (df + prior.df), df: df + prior.df };
}

/** The logarithm of the gamma function, once derived: recurrence up to 6, then the asymptotic series (Abramowitz and Stegun 6.3.18). */
function digamma(x: number): number {
  if (x < 6) return digamma(x + 1) - 1 / x;
  const inverse = 1 / (x * x);
  return Math.log(x) - 1 / (2 * x) - inverse * (1 / 12 - inverse * (1 / 120 - inverse / 252));
}

/** Twice derived (Abramowitz and Stegun 6.4.12). */
function trigamma(x: number): number {
  if (x < 6) return trigamma(x + 1) + 1 / (x * x);
  const inverse = 1 / (x * x);
  return 1 / x + inverse / 2 + (inverse / x) * (1 / 6 - inverse * (1 / 30 - inverse / 42));
}

/** It falls from infinity to 0: halving finds its argument, which is one half over its value or more. */
function trigammaInverse(value: number): number {
  let [low, high] = [1e-3, 1e6];
  for (let i = 0; i < 60; i++) {
    const middle = Math.sqrt(low * high);
    if (trigamma(middle) > value) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}
