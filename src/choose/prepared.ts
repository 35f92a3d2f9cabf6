/* A profile is checked once, and laid out so that a question costs a few sums of products. */

import { termValue } from './formula.js';
import {
  checkProfile,
  type Profile,
  type ProfileAccount,
  type Shape,
  type StrategyProfile,
  type Term,
} from './profile.js';
import { deviationAt, type Place, placeOf, totalOf, weigher } from './weights.js';

/** An account of a profile, laid out for questions. */
export interface Prepared {
  readonly strategies: readonly PreparedStrategy[];
  /** Those of all formulas, each once: their values are asked for once, whichever strategies have them. */
  readonly terms: readonly Term[];
  /** What the terms come to for one question; written over by the next. */
  readonly values: Float64Array;
  /** As measured: where the question names none. */
  readonly workers: number;
  /** Ends of the measured range; a tenth more or less is no other place. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  weigh(place: Place): Float64Array;
}

export interface PreparedStrategy {
  readonly profile: StrategyProfile;
  /** Per term of the account, ns; 0 for those that its formula does not have. */
  readonly prices: Float64Array;
  /** As in the profile, with 0 for what is not known. */
  readonly deviations: Float64Array;
  /** 1 where the deviation is known, else 0; absent where all are. */
  readonly known?: Float64Array;
}

/** A profile is checked and prepared once, however often it is asked. */
const preparedProfiles = new WeakMap<Profile, Map<ProfileAccount, Prepared>>();

/** Throws a TypeError where the profile is none, or has no such account. */
export function preparedFor(profile: Profile, account: ProfileAccount): Prepared {
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
  const terms = termsOf(found.strategies);
  return {
    strategies: found.strategies.map((profile) => preparedOf(profile, terms)),
    terms,
    values: new Float64Array(terms.length),
    workers: workersFor(host.usableCores, found.known),
    low: ends(Math.min, -0.1),
    high: ends(Math.max, 0.1),
    weigh: weigher(found.known),
  };
}

function termsOf(strategies: readonly StrategyProfile[]): Term[] {
  const terms = new Map<string, Term>();
  for (const term of strategies.flatMap(({ formula }) => formula)) terms.set(termKey(term), term);
  return [...terms.values()];
}

function termKey(term: Term): string {
  return 'split' in term ? `${term.kind} ${term.split}` : term.kind;
}

function preparedOf(profile: StrategyProfile, terms: readonly Term[]): PreparedStrategy {
  const { formula, deviations } = profile;
  const priceOf = (term: Term) =>
    formula.reduce((ns, one) => ns + (termKey(one) === termKey(term) ? one.ns : 0), 0);
  const known = Float64Array.from(deviations, (deviation) => (deviation === null ? 0 : 1));
  return {
    profile,
    prices: Float64Array.from(terms, priceOf),
    deviations: Float64Array.from(deviations, (deviation) => deviation ?? 0),
    ...(known.includes(0) ? { known } : {}),
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

/** What each term comes to. */
export function valuesOf({ terms, values }: Prepared, shape: Shape): Float64Array {
  for (let i = 0; i < terms.length; i++) values[i] = termValue(terms[i], shape);
  return values;
}

/** Time of a strategy, ns; `total` of all weights. */
export function expectedOf(
  { prices, deviations, known }: PreparedStrategy,
  values: Float64Array,
  weights: Float64Array,
  total: number,
): number {
  let ns = 0;
  for (let i = 0; i < prices.length; i++) ns += prices[i] * values[i];
  if (deviations.length === 0) return ns;
  const own = known === undefined ? total : totalOf(weights, known);
  return ns * Math.exp(deviationAt(deviations, weights, own));
}
