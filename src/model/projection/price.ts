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
  const known = knownOf(found, one, shape);
  const largest = known[known.length - 1];
  if (one.basis === 'formula') {
    const deviation = largest === undefined ? 1 : largest.ns / formulaNs(one.formula, largest.shape);
    return formulaNs(one.formula, shape) * deviation;
  }
  return largest === undefined ? undefined : alongLine(known, largest, shape);
}

/** Points with the work and the workers that are nearest to what is asked, smallest first. */
function knownOf(
  { known }: AccountProfile,
  { formula, deviations }: StrategyProfile,
  { work, workers }: Shape,
): Known[] {
  const all = known.flatMap((shape, i): Known[] => {
    const deviation = deviations.length === 0 ? 0 : deviations[i];
    return deviation === null ? [] : [{ shape, ns: formulaNs(formula, shape) * Math.exp(deviation) }];
  });
  const apart = ({ shape }: Known) =>
    Math.abs(Math.log(shape.work / work)) + Math.abs(Math.log(shape.workers / workers));
  const nearest = Math.min(...all.map(apart));
  return all.filter((one) => apart(one) === nearest).sort((a, b) => a.shape.elements - b.shape.elements);
}

function alongLine(known: readonly Known[], largest: Known, { elements }: Shape): number {
  const lengthOf = ({ shape }: Known) => shape.elements / shape.keys;
  const smaller = known.filter(({ shape }) => shape.elements < largest.shape.elements);
  const before =
    smaller.findLast((one) => lengthOf(one) === lengthOf(largest)) ?? smaller[smaller.length - 1];
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
