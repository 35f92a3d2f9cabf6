/*
 * `import { choose } from 'breakeven/choose'`: which strategy, for this much data? Reads a profile that `breakeven`
 * wrote and imports nothing but its description, so that a program pays for neither the measuring nor the rest of the tool.
 */

import { expectedOf, type Prepared, preparedFor, valuesOf } from './prepared.js';
import type { Profile, ProfileAccount, Shape, StrategyProfile } from './profile.js';
import { type Place, placeOf, totalOf } from './weights.js';

export { formulaNs, termValue } from './formula.js';
export { workersFor } from './prepared.js';
export type * from './profile.js';
export { checkProfile, profileFormat, profileVersion } from './profile.js';
export { deviationAt, placeOf, totalOf, weigher } from './weights.js';

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
  const values = valuesOf(prepared, shape);
  const weights = prepared.weigh(place);
  const total = totalOf(weights);
  let strategy = '';
  let expectedNs = Number.POSITIVE_INFINITY;
  for (const one of prepared.strategies) {
    const ns = expectedOf(one, values, weights, total);
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
  const values = valuesOf(prepared, shape);
  const weights = prepared.weigh(placeOf(shape));
  const total = totalOf(weights);
  return prepared.strategies
    .map((one) => ({ profile: one.profile, expectedNs: expectedOf(one, values, weights, total) }))
    .sort((a, b) => a.expectedNs - b.expectedNs);
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
