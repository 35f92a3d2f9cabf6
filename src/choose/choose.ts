/*
 * `import { choose } from 'breakeven/choose'`: which strategy, for this much data? Reads a profile that `breakeven`
 * wrote and imports nothing but its description, so that a program pays for neither the measuring nor the rest of the tool.
 */

import { formulaNs } from './formula.js';
import {
  checkProfile,
  type Profile,
  type ProfileAccount,
  type Shape,
  type StrategyProfile,
} from './profile.js';

export { formulaNs, termValue } from './formula.js';
export type * from './profile.js';
export { checkProfile, profileFormat, profileVersion } from './profile.js';

export interface Question {
  readonly keys: number;
  /** Numbers per list, on average. */
  readonly length: number;
  /** Value of the profile's `workOption`; 1 unless told. */
  readonly work?: number;
  /** Default: as measured. */
  readonly workers?: number;
  /** Default: warm. */
  readonly account?: ProfileAccount;
}

export interface Choice {
  readonly strategy: string;
  readonly expectedNs: number;
  /** The question lies outside of what was measured. */
  readonly beyond: boolean;
}

/**
 * The strategy that is expected to be the fastest. Throws a TypeError where the profile is none, or of another version,
 * or has no such account, and a RangeError for sizes that are no numbers above zero.
 */
export function choose(profile: Profile, question: Question): Choice {
  const prepared = preparedFor(profile, question.account ?? 'warm');
  const shape = shapeOf(prepared, question);
  const place = placeOf(shape);
  const weights = prepared.weigh(place);
  let strategy = '';
  let expectedNs = Number.POSITIVE_INFINITY;
  for (const one of prepared.strategies) {
    const ns = expectedOf(one, shape, weights);
    if (ns < expectedNs) {
      expectedNs = ns;
      strategy = one.profile.strategy;
    }
  }
  return { strategy, expectedNs, beyond: isBeyond(prepared, place) };
}

/** Every strategy with its expected time, fastest first. Throws as `choose` does. */
export function rank(
  profile: Profile,
  question: Question,
): { readonly profile: StrategyProfile; readonly expectedNs: number }[] {
  const prepared = preparedFor(profile, question.account ?? 'warm');
  const shape = shapeOf(prepared, question);
  const weights = prepared.weigh(placeOf(shape));
  return prepared.strategies
    .map((one) => ({ profile: one.profile, expectedNs: expectedOf(one, shape, weights) }))
    .sort((a, b) => a.expectedNs - b.expectedNs);
}

/** A shape as a point in a space of factors: logarithms of keys, length, work and workers. */
export type Place = readonly [keys: number, length: number, work: number, workers: number];

export function placeOf({ keys, elements, work, workers }: Shape): Place {
  return [Math.log(keys), Math.log(elements / keys), Math.log(work), Math.log(workers)];
}

/**
 * How much each known point has to say about any other: inverse distance (Shepard 1968) in factors. At a known point it
 * is that point alone. The weights are written over by the next call.
 */
export function weigher(known: readonly Shape[]): (place: Place) => Float64Array {
  const places = Float64Array.from(known.flatMap(placeOf));
  const weights = new Float64Array(known.length);
  return ([keys, length, work, workers]) => {
    for (let i = 0, at = 0; i < weights.length; i++, at += 4) {
      // Products, since a power of two costs ten times as much.
      const a = places[at] - keys;
      const b = places[at + 1] - length;
      const c = places[at + 2] - work;
      const d = places[at + 3] - workers;
      const far = nearest + a * a + b * b + c * c + d * d;
      weights[i] = 1 / (far * far);
    }
    return weights;
  };
}

/** Mean of the deviations by weight, over the points that have one (the others hold NaN); 0 where none has. */
export function deviationAt(deviations: ArrayLike<number>, weights: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < deviations.length; i++) {
    const deviation = deviations[i];
    if (Number.isNaN(deviation)) continue;
    sum += weights[i] * deviation;
    total += weights[i];
  }
  return total === 0 ? 0 : sum / total;
}

/** Squared distance (a natural logarithm) within which points are the same: 10 %. */
const nearest = 0.01;

interface Prepared {
  readonly strategies: readonly PreparedStrategy[];
  /** As measured: where the question names none. */
  readonly workers: number;
  /** Ends of the measured range; a tenth more or less is no other place. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  weigh(place: Place): Float64Array;
}

interface PreparedStrategy {
  readonly profile: StrategyProfile;
  /** As in the profile, with NaN for what is not known. */
  readonly deviations: Float64Array;
}

/** A profile is checked and prepared once, however often it is asked. */
const preparedProfiles = new WeakMap<Profile, Map<ProfileAccount, Prepared>>();

function preparedFor(profile: Profile, account: ProfileAccount): Prepared {
  let accounts = preparedProfiles.get(profile);
  if (accounts === undefined) {
    checkProfile(profile);
    accounts = new Map();
    preparedProfiles.set(profile, accounts);
  }
  let prepared = accounts.get(account);
  if (prepared === undefined) {
    prepared = prepare(profile, account);
    accounts.set(account, prepared);
  }
  return prepared;
}

function prepare({ accounts, host }: Profile, account: ProfileAccount): Prepared {
  const found = accounts[account];
  if (found === undefined)
    throw new TypeError(
      `the profile knows nothing of the ${account} account, it has: ${Object.keys(accounts).join(', ')}`,
    );
  const places = found.known.map(placeOf);
  const ends = (pick: (...values: number[]) => number, slack: number) =>
    [0, 1, 2, 3].map((axis) => pick(...places.map((place) => place[axis])) + slack);
  return {
    strategies: found.strategies.map((profile) => ({
      profile,
      deviations: Float64Array.from(profile.deviations, (deviation) => deviation ?? Number.NaN),
    })),
    workers: workersFor(host.usableCores, found.known),
    low: ends(Math.min, -0.1),
    high: ends(Math.max, 0.1),
    weigh: weigher(found.known),
  };
}

/**
 * The measured count of workers that stands for so many cores: the most that have a core each, the fewest where none have.
 * More workers than cores may have been measured, too; what they took is no answer for as many cores.
 */
export function workersFor(cores: number, known: readonly Shape[]): number {
  let [most, least] = [0, Number.POSITIVE_INFINITY];
  for (const { workers } of known) {
    // A tenth of a core carries no worker.
    if (workers <= Math.max(1, cores + 0.05)) most = Math.max(most, workers);
    least = Math.min(least, workers);
  }
  return most > 0 ? most : least;
}

function isBeyond({ low, high }: Prepared, place: Place): boolean {
  for (let axis = 0; axis < 4; axis++) if (place[axis] < low[axis] || place[axis] > high[axis]) return true;
  return false;
}

function shapeOf(
  prepared: Prepared,
  { keys, length, work = 1, workers = prepared.workers }: Question,
): Shape {
  if (!(keys > 0 && length > 0 && work > 0 && workers > 0 && keys * length * work < Number.POSITIVE_INFINITY))
    throw new RangeError('keys, length, work and workers must be numbers above 0');
  return { keys, elements: keys * length, work, workers };
}

function expectedOf({ profile, deviations }: PreparedStrategy, shape: Shape, weights: Float64Array): number {
  const ns = formulaNs(profile.formula, shape);
  return deviations.length === 0 ? ns : ns * Math.exp(deviationAt(deviations, weights));
}
