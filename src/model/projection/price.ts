import {
  type AccountProfile,
  formulaNs,
  type Profile,
  type ProfileAccount,
  type Shape,
  type StrategyProfile,
} from '../../choose/choose.js';

/** A measured point of a strategy. */
interface Known {
  readonly shape: Shape;
  readonly ns: number;
}

/**
 * A strategy's time far beyond what was measured: by its formula where that fits, taken by what the largest measured
 * point deviates from it; else along the straight line through its two largest points (a time is affine in the size once
 * all caches are behind it). Undefined where the account does not have it.
 */
export function farNs(
  profile: Profile,
  account: ProfileAccount,
  strategy: string,
  shape: Shape,
): number | undefined {
  const found = profile.accounts[account];
  const one = found?.strategies.find((each) => each.strategy === strategy);
  if (found === undefined || one === undefined) return undefined;
  const known = nearestOf(knownOf(found, one), shape);
  const largest = known[known.length - 1];
  if (one.basis === 'formula') return byFormula(one, largest, shape);
  return largest === undefined ? undefined : withoutFormula(found, one, known, shape);
}

function knownOf({ known }: AccountProfile, { formula, deviations }: StrategyProfile): Known[] {
  return known.flatMap((shape, i): Known[] => {
    const deviation = deviations.length === 0 ? 0 : deviations[i];
    return deviation === null ? [] : [{ shape, ns: formulaNs(formula, shape) * Math.exp(deviation) }];
  });
}

/** Points with the one work and the one count of workers that are nearest to what is asked, smallest first. */
function nearestOf(all: readonly Known[], { work, workers }: Shape): Known[] {
  const apart = ({ shape }: Known) =>
    Math.abs(Math.log(shape.work / work)) + Math.abs(Math.log(shape.workers / workers));
  const [nearest] = [...all].sort((a, b) => apart(a) - apart(b));
  if (nearest === undefined) return [];
  return all
    .filter(({ shape }) => shape.work === nearest.shape.work && shape.workers === nearest.shape.workers)
    .sort((a, b) => a.shape.elements - b.shape.elements);
}

function byFormula({ formula }: StrategyProfile, largest: Known | undefined, shape: Shape): number {
  const deviation = largest === undefined ? 1 : largest.ns / formulaNs(formula, largest.shape);
  return formulaNs(formula, shape) * deviation;
}

/**
 * The line holds for lists of the measured length with the measured work. From there to what is asked by the ratio of the
 * formula, which was rejected and may not even see the work: so never less than what others allow.
 */
function withoutFormula(
  account: AccountProfile,
  one: StrategyProfile,
  known: readonly Known[],
  shape: Shape,
): number {
  const largest = known[known.length - 1];
  const { work } = largest.shape;
  const onLine = { ...shape, work, keys: shape.elements / lengthOf(largest.shape) };
  const ns =
    (alongLine(known, largest, shape) * formulaNs(one.formula, shape)) / formulaNs(one.formula, onLine);
  const off = Math.abs(Math.log(shape.work / work)) + Math.abs(Math.log(shape.keys / onLine.keys));
  return off < samePlace ? ns : Math.max(ns, leastNs(account, one, shape));
}

/** A tenth more or less is no other place. */
const samePlace = 0.1;

/**
 * No strategy is taken to gain more on a single thread that has a formula than it did at some measured point, or, a pool,
 * than one part for each worker. 0 where no single thread has a formula.
 */
function leastNs(account: AccountProfile, one: StrategyProfile, shape: Shape): number {
  const own = new Map(knownOf(account, one).map((each) => [each.shape, each.ns]));
  const bounds = account.strategies
    .filter((other) => !other.parallel && other.basis === 'formula')
    .map((other) => {
      const known = knownOf(account, other);
      const shares = known.map((each) => (own.get(each.shape) ?? Number.POSITIVE_INFINITY) / each.ns);
      const largest = nearestOf(known, shape).at(-1);
      return byFormula(other, largest, shape) * Math.min(...shares, one.parallel ? 1 / shape.workers : 1);
    });
  return bounds.length === 0 ? 0 : Math.min(...bounds);
}

function lengthOf({ keys, elements }: Shape): number {
  return elements / keys;
}

function alongLine(known: readonly Known[], largest: Known, { elements }: Shape): number {
  const smaller = known.filter(({ shape }) => shape.elements < largest.shape.elements);
  const before =
    smaller.findLast((one) => lengthOf(one.shape) === lengthOf(largest.shape)) ?? smaller[smaller.length - 1];
  const whole = largest.ns / largest.shape.elements;
  const slope =
    before === undefined
      ? whole
      : (largest.ns - before.ns) / (largest.shape.elements - before.shape.elements);
  // Noise can make a slope that no number could be gone over at.
  const price = slope > 0 ? slope : whole;
  return Math.max(
    largest.ns * (elements / largest.shape.elements) * least,
    largest.ns + price * (elements - largest.shape.elements),
  );
}

/** A number does not become cheaper by more than this with size. */
const least = 0.5;
