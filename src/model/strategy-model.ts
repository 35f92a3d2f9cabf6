import type { StrategyProfile, Term } from '../choose/choose.js';
import type { CacheRecord } from '../results/format.js';
import { describeSplit, oneRegime, type Split, splitsBetween, twoRegimes } from './candidates.js';
import { type FittedCoefficient, fit } from './fit.js';
import { type HeldOutErrors, heldOutErrors, type Method, rootMeanSquare, rowsLeftOut } from './held-out.js';
import type { Observation, Observed } from './observation.js';

/** What a model's verdict rests on. `share`: how far off the formula was on rows that it had not seen, 0.26 is 26 %. */
export type FitReason =
  | { readonly kind: 'one formula' }
  | { readonly kind: 'split'; readonly split: Split }
  | { readonly kind: 'few points'; readonly points: number; readonly needed: number }
  /** So few points could be left out to try a formula on: each of the others shows a cost that no other does. */
  | { readonly kind: 'few to try on'; readonly unseen: number; readonly points: number }
  /** Beyond the split everything takes `factor` times as long. */
  | { readonly kind: 'jump'; readonly split: Split; readonly factor: number }
  | {
      readonly kind: 'off';
      readonly share: number;
      readonly inTwo?: { readonly split: Split; readonly share: number };
    };

/** What can be said of one strategy's time in one account. */
export interface StrategyModel {
  readonly strategy: string;
  readonly parallel: boolean;
  readonly observations: readonly Observation[];
  readonly coefficients: readonly FittedCoefficient[];
  readonly verdict: 'fits' | 'fits in two regimes' | 'rejected' | 'too few points';
  readonly because: FitReason;
  readonly method: Method;
  /** On rows that the fit did not see, by `method`. */
  readonly errors: HeldOutErrors;
  readonly band: StrategyProfile['band'];
}

/**
 * A formula that is further off than this on rows that it did not see (root mean square, log scale) is rejected: what it
 * may be wrong by is 10 %, besides what the noise of the cells explains, of which there may be 20 % at most. A single round
 * does not show its noise: what runs differ by stands for it.
 */
function toleranceOf(observations: readonly Observation[]): number {
  const known = observations.map(({ error }) => error).filter((error) => !Number.isNaN(error));
  const noise = known.length === 0 ? betweenRuns : rootMeanSquare(known);
  return Math.hypot(0.1, Math.min(0.2, 2 * noise));
}

/** Fewer points do not leave a row to be tried on. */
export const leastPoints = 5;
/** A formula that held on fewer points than this was not tried. */
const leastUnseen = 2;

/** A method or a set of terms with more in it must be better by so much to be preferred. */
const clearly = 0.9;

export function modelOf(observed: Observed, caches: readonly CacheRecord[]): StrategyModel {
  const { strategy, parallel, observations } = observed;
  const about = { strategy, parallel, observations };
  const plain = bestOf(oneRegime(observed), observations);
  const { length: points } = observations;
  const local = { ...about, ...describeFit(plain, observations, true) };
  if (points < leastPoints)
    return {
      ...local,
      verdict: 'too few points',
      because: { kind: 'few points', points, needed: leastPoints },
    };
  const unseen = new Set(plain.rows.flat()).size;
  if (unseen < leastUnseen)
    return { ...local, verdict: 'too few points', because: { kind: 'few to try on', unseen, points } };
  const tolerance = toleranceOf(observations);
  if (plain.error <= tolerance)
    return {
      ...about,
      ...describeFit(plain, observations, false),
      verdict: 'fits',
      because: { kind: 'one formula' },
    };
  const two = bestSplit(observed, caches);
  if (two !== undefined) {
    const cliff = cliffBeyond(observed, caches, two.error, tolerance);
    if (cliff !== undefined) {
      const { factor } = cliff;
      const split = describeSplit(cliff.split, caches);
      return { ...local, verdict: 'rejected', because: { kind: 'jump', split, factor } };
    }
    if (two.error <= tolerance) {
      const because: FitReason = { kind: 'split', split: describeSplit(two.at, caches) };
      return { ...about, ...describeFit(two, observations, false), verdict: 'fits in two regimes', because };
    }
  }
  const inTwo = two && { split: describeSplit(two.at, caches), share: Math.expm1(two.error) };
  const off: FitReason = { kind: 'off', share: Math.expm1(plain.error), ...(inTwo && { inTwo }) };
  return { ...local, verdict: 'rejected', because: off };
}

/**
 * Two prices per number bend a line; where a jump explains the points better, the two prices are not what happens,
 * however near they come to the points that were measured: between them lies a cliff, and nobody knows where.
 */
function cliffBeyond(
  observed: Observed,
  caches: readonly CacheRecord[],
  bendError: number,
  tolerance: number,
): Jump | undefined {
  const { middles } = splitsBetween(observed.observations, caches);
  const jump = bestJump(oneRegime(observed), observed.observations, middles);
  const found = jump !== undefined && jump.error < bendError && jump.error <= tolerance;
  return found ? jump : undefined;
}

/**
 * Two regimes with the least error on held-out rows. Where a cache explains it about as well as any other size does, it
 * is the cache: several splits may leave the same points on either side, and it is the one with a reason.
 */
function bestSplit(
  observed: Observed,
  caches: readonly CacheRecord[],
): (Tried & { readonly at: number }) | undefined {
  const { observations } = observed;
  const splits = splitsBetween(observations, caches);
  const [known, guessed] = [splits.caches, splits.middles].map((some) =>
    some.length === 0 ? undefined : bestOf(twoRegimes(observed, some), observations),
  );
  const best =
    known !== undefined && !(guessed !== undefined && guessed.error < clearly * known.error)
      ? known
      : guessed;
  const at = best?.terms.flatMap((term) => ('split' in term ? [term.split] : []))[0];
  return best && at !== undefined ? { ...best, at } : undefined;
}

interface Tried {
  readonly terms: readonly Term[];
  /** What it was tried on, as all candidates were. */
  readonly rows: readonly Observation[][];
  /** Root mean square on held-out rows, log scale. */
  readonly error: number;
}

/** The fewest terms whose error on held-out rows is about the least, and of equally many the best. */
function bestOf(candidates: readonly Term[][], observations: readonly Observation[]): Tried {
  const rows = rowsLeftOut(observations, candidates);
  const tried = candidates.map((terms): Tried => {
    return { terms, rows, error: rootMeanSquare(heldOutErrors(terms, observations, 'formula', rows)) };
  });
  const least = Math.min(...tried.map(({ error }) => error));
  return tried
    .filter(({ error }) => clearly * error <= least)
    .reduce((best, one) => {
      const fewer = one.terms.length - best.terms.length;
      return fewer < 0 || (fewer === 0 && one.error < best.error) ? one : best;
    });
}

/** The formula, how it is used, and its band. `local`: only together with the measured points nearby. */
function describeFit(
  { terms, rows }: Pick<Tried, 'terms' | 'rows'>,
  observations: readonly Observation[],
  local: boolean,
) {
  const alone = heldOutErrors(terms, observations, 'formula', rows);
  const near = heldOutErrors(terms, observations, 'formula and neighbours', rows);
  const method: Method =
    local || rootMeanSquare(near) < clearly * rootMeanSquare(alone) ? 'formula and neighbours' : 'formula';
  const errors = method === 'formula' ? alone : near;
  return {
    coefficients: fit(terms, observations),
    method,
    errors,
    band: bandOf(errors, observations.length, local),
  };
}

/**
 * Half-width that holds 90 % of new points: the quantile of the held-out errors, one rank further out, since a new point
 * is one more draw (conformal prediction: Vovk, Gammerman and Shafer 2005), at least `widest` where no formula fits.
 */
function bandOf(errors: HeldOutErrors, points: number, local: boolean): number {
  // A line through two points: with one of them left out, nobody knows its slope, and the error is that of a guess.
  if (points === 2) return localBand;
  if (errors.length === 0) return untriedBand;
  const sorted = errors.map(Math.abs).sort((a, b) => a - b);
  const rank = Math.ceil(0.9 * (points + 1)) / points;
  const half = sorted[Math.min(sorted.length - 1, Math.ceil(rank * sorted.length) - 1)];
  return Math.max(local ? localBand : 0, Math.expm1(Math.hypot(half, betweenRuns)));
}

/** What all times of a run differ by from those of the next, an hour later on the same machine (log scale). */
const betweenRuns = 0.1;
/** Where no point could be left out, nobody knows anything: twice as long, or half. */
const untriedBand = 1;
/** Between points nobody knows what a strategy does that no formula fits. */
const localBand = 0.5;

/** All numbers cost so many times as much from a size on: a cliff, where two prices per number would be a bend. */
interface Jump {
  /** Numbers. */
  readonly split: number;
  readonly factor: number;
  /** Root mean square on held-out rows, log scale. */
  readonly error: number;
}

/** Between what noise hides and what no cache does. */
const factors = [1 / 4, 1 / 3, 1 / 2, 2 / 3, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 6];

/** The cliff that explains the observations best: they follow one formula once what lies beyond it is divided by it. */
function bestJump(
  candidates: readonly (readonly Term[])[],
  observations: readonly Observation[],
  splits: readonly number[],
): Jump | undefined {
  const jumps = splits.flatMap((split) =>
    factors.map((factor): Jump => {
      const level = observations.map((one) =>
        one.shape.elements > split ? { ...one, ns: one.ns / factor } : one,
      );
      const rows = rowsLeftOut(level, candidates);
      const errors = candidates.map((terms) => rootMeanSquare(heldOutErrors(terms, level, 'formula', rows)));
      return { split, factor, error: Math.min(...errors) };
    }),
  );
  return jumps.reduce<Jump | undefined>(
    (best, one) => (best === undefined || one.error < best.error ? one : best),
    undefined,
  );
}
