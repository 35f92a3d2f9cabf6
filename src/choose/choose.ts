/*
 * `import { choose } from 'breakeven/choose'`: which strategy, for this much data? Reads a profile that `breakeven`
 * wrote and imports nothing, so that a program pays for neither the measuring nor the rest of the tool.
 */

export const profileFormat = 'breakeven-profile';
/** 1: first version. */
export const profileVersion = 1;

export type ProfileAccount = 'one-shot' | 'warm' | 'resident';

/** What a formula is asked about. */
export interface Shape {
  readonly keys: number;
  /** Numbers in all lists together. */
  readonly elements: number;
  /** Value of the kernel's option that says how much work it does (steps, cost); 1 where it has none. */
  readonly work: number;
  readonly workers: number;
}

/** What one coefficient is multiplied with. `split` is a number of elements. */
export type Term =
  | {
      readonly kind:
        | 'start'
        | 'key'
        | 'element'
        | 'list work'
        | 'element work'
        | 'worker'
        | 'shared element'
        | 'shared list work'
        | 'shared element work';
    }
  | { readonly kind: 'element below' | 'element beyond'; readonly split: number };

export type Coefficient = Term & {
  /** Per unit of the term, ns; never negative. */
  readonly ns: number;
};

/** One strategy in one account. */
export interface StrategyProfile {
  readonly strategy: string;
  /** Runs on threads or processes. */
  readonly parallel: boolean;
  /** 'interpolation': no formula fits, so that only the measured points nearby are trusted. */
  readonly basis: 'formula' | 'interpolation';
  readonly formula: readonly Coefficient[];
  /** log(measured ÷ formula) at each known point of the account, or null where it was not measured; empty where the formula is better alone. */
  readonly deviations: readonly (number | null)[];
  /** About 90 % of times lie between expected ÷ (1 + band) and expected × (1 + band). */
  readonly band: number;
}

export interface AccountProfile {
  /** Where strategies were measured. */
  readonly known: readonly Shape[];
  readonly strategies: readonly StrategyProfile[];
}

export interface Profile {
  readonly format: typeof profileFormat;
  readonly version: typeof profileVersion;
  readonly tool: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly host: {
    readonly fingerprint: string;
    readonly cpu: string;
    readonly usableCores: number;
    readonly memoryBytes: number;
    readonly node: string;
  };
  readonly from: 'lists' | 'columns';
  readonly kernel: { readonly id: string; readonly title: string };
  /** Name of the option that `work` is the value of; absent where no option was swept. */
  readonly workOption?: string;
  /** The fastest that a number was ever gone over here, in any account, ns: no answer may promise less. */
  readonly leastNsPerNumber: number;
  readonly accounts: Readonly<Partial<Record<ProfileAccount, AccountProfile>>>;
}

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
  const weights = prepared.weigh(shape);
  let strategy = '';
  let expectedNs = Number.POSITIVE_INFINITY;
  for (const one of prepared.strategies) {
    const ns = expectedOf(one, shape, weights);
    if (ns < expectedNs) {
      expectedNs = ns;
      strategy = one.strategy;
    }
  }
  return { strategy, expectedNs, beyond: prepared.isBeyond(shape) };
}

/** Every strategy with its expected time, fastest first. Throws as `choose` does. */
export function rank(
  profile: Profile,
  question: Question,
): { readonly profile: StrategyProfile; readonly expectedNs: number }[] {
  const prepared = preparedFor(profile, question.account ?? 'warm');
  const shape = shapeOf(prepared, question);
  const weights = prepared.weigh(shape);
  return prepared.strategies
    .map((one) => ({ profile: one, expectedNs: expectedOf(one, shape, weights) }))
    .sort((a, b) => a.expectedNs - b.expectedNs);
}

/** Time by formula alone, ns. */
export function formulaNs(formula: readonly Coefficient[], shape: Shape): number {
  let ns = 0;
  for (const coefficient of formula) ns += coefficient.ns * termValue(coefficient, shape);
  return ns;
}

/** What a coefficient is multiplied with. */
export function termValue(term: Term, { keys, elements, work, workers }: Shape): number {
  switch (term.kind) {
    case 'start':
      return 1;
    case 'key':
      return keys;
    case 'element':
      return elements;
    case 'element below':
      return Math.min(elements, term.split);
    case 'element beyond':
      return Math.max(0, elements - term.split);
    case 'list work':
      return keys * work;
    case 'element work':
      return elements * work;
    case 'worker':
      return workers;
    case 'shared element':
      return elements / workers;
    case 'shared list work':
      return (keys * work) / workers;
    case 'shared element work':
      return (elements * work) / workers;
  }
}

/**
 * How much each known point has to say about any other: inverse distance (Shepard 1968) in factors of keys, length,
 * work and workers. At a known point it is that point alone.
 */
export function weigher(known: readonly Shape[]): (shape: Shape) => Float64Array {
  const places = known.map(placeOf);
  const weights = new Float64Array(known.length);
  return (shape) => {
    const [keys, length, work, workers] = placeOf(shape);
    let sum = 0;
    for (let i = 0; i < places.length; i++) {
      const at = places[i];
      const far = (at[0] - keys) ** 2 + (at[1] - length) ** 2 + (at[2] - work) ** 2 + (at[3] - workers) ** 2;
      weights[i] = 1 / (far + nearest) ** 2;
      sum += weights[i];
    }
    for (let i = 0; i < places.length; i++) weights[i] /= sum;
    return weights;
  };
}

/** Mean of the deviations by weight, over the points that have one; 0 where none has. */
export function deviationAt(deviations: readonly (number | null)[], weights: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < deviations.length; i++) {
    const deviation = deviations[i];
    if (deviation === null) continue;
    sum += weights[i] * deviation;
    total += weights[i];
  }
  return total === 0 ? 0 : sum / total;
}

/** Squared distance (a natural logarithm) within which points are the same: 10 %. */
const nearest = 0.01;

function placeOf({ keys, elements, work, workers }: Shape): readonly [number, number, number, number] {
  return [Math.log(keys), Math.log(elements / keys), Math.log(work), Math.log(workers)];
}

interface Prepared {
  readonly strategies: readonly StrategyProfile[];
  /** As measured: where the question names none. */
  readonly workers: number;
  weigh(shape: Shape): Float64Array;
  isBeyond(shape: Shape): boolean;
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

function prepare({ accounts }: Profile, account: ProfileAccount): Prepared {
  const found = accounts[account];
  if (found === undefined || found.strategies.length === 0)
    throw new TypeError(`the profile knows nothing of the ${account} account`);
  const places = found.known.map(placeOf);
  // A tenth more or less is no other place.
  const [low, high] = [Math.min, Math.max].map((pick, which) =>
    [0, 1, 2, 3].map((axis) => pick(...places.map((place) => place[axis])) + (which === 0 ? -0.1 : 0.1)),
  );
  return {
    strategies: found.strategies,
    workers: Math.max(...found.known.map(({ workers }) => workers)),
    weigh: weigher(found.known),
    isBeyond: (shape) => placeOf(shape).some((value, axis) => value < low[axis] || value > high[axis]),
  };
}

function shapeOf(
  prepared: Prepared,
  { keys, length, work = 1, workers = prepared.workers }: Question,
): Shape {
  if (!(keys > 0 && length > 0 && work > 0 && workers > 0 && keys * length * work < Number.POSITIVE_INFINITY))
    throw new RangeError('keys, length, work and workers must be numbers above 0');
  return { keys, elements: keys * length, work, workers };
}

function expectedOf({ formula, deviations }: StrategyProfile, shape: Shape, weights: Float64Array): number {
  const ns = formulaNs(formula, shape);
  return deviations.length === 0 ? ns : ns * Math.exp(deviationAt(deviations, weights));
}

/** Throws a TypeError that says what is wrong: a profile is a file, which may be old, cut or edited. */
export function checkProfile(value: unknown): asserts value is Profile {
  const profile = value as Partial<Profile> | null;
  if (typeof profile !== 'object' || profile?.format !== profileFormat)
    throw new TypeError(`this is no profile: it does not say "${profileFormat}"`);
  if (profile.version !== profileVersion)
    throw new TypeError(
      `the profile has version ${profile.version} of the model, this is version ${profileVersion}: calibrate again`,
    );
  if (!above(0, profile.leastNsPerNumber)) throw new TypeError('the profile needs leastNsPerNumber, above 0');
  const accounts = Object.entries(profile.accounts ?? {});
  if (accounts.length === 0) throw new TypeError('the profile has no accounts');
  for (const [account, { known, strategies }] of accounts as [string, AccountProfile][]) {
    const where = `the profile's ${account} account`;
    if (
      !known?.every((shape) =>
        ['keys', 'elements', 'work', 'workers'].every((name) => above(0, shape[name as keyof Shape])),
      )
    )
      throw new TypeError(`${where}: each known point needs keys, elements, work and workers above 0`);
    for (const one of strategies) {
      if (!one.formula?.every(isCoefficient) || !one.formula.some(({ ns }) => ns > 0))
        throw new TypeError(
          `${where}, ${one.strategy}: the formula needs coefficients of known kinds that are not negative`,
        );
      const { deviations } = one;
      if (
        ![0, known.length].includes(deviations?.length) ||
        !deviations.every((each) => each === null || Number.isFinite(each))
      )
        throw new TypeError(`${where}, ${one.strategy}: needs one deviation for each known point, or none`);
      if (!above(0, one.band)) throw new TypeError(`${where}, ${one.strategy}: the band must be above 0`);
    }
  }
}

const kinds: readonly string[] = [
  'start',
  'key',
  'element',
  'list work',
  'element work',
  'worker',
  'shared element',
  'shared list work',
  'shared element work',
] satisfies Term['kind'][];

function isCoefficient(value: Coefficient): boolean {
  if (!(value.ns >= 0 && value.ns < Number.POSITIVE_INFINITY)) return false;
  return (
    kinds.includes(value.kind) ||
    ('split' in value && /^element (below|beyond)$/.test(value.kind) && above(0, value.split))
  );
}

function above(least: number, value: unknown): boolean {
  return typeof value === 'number' && value > least && value < Number.POSITIVE_INFINITY;
}
