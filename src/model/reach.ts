import type { Shape } from '../choose/choose.js';
import { ExitCode, UserError } from '../contract/errors.js';

/** The question has no honest answer: says why, and what to do. */
export class NoAdviceError extends UserError {
  override readonly name = 'NoAdviceError';
  readonly exitCode = ExitCode.badInput;
}

/** A size that lies too far outside of what was measured. */
export class OutOfReachError extends NoAdviceError {
  /** What is wrong, without a full stop and without what to do: that depends on who asked. */
  readonly problem: string;

  constructor(problem: string, instead: string) {
    super(`${problem}. ${instead}`);
    this.problem = problem;
  }
}

export type ReachAxis = 'keys' | 'length' | 'work' | 'numbers in all';

/**
 * Beyond this factor outside of the measured range nothing is said. Of more of the same (keys, numbers in all) prices are
 * drawn out further than to another kind of list: bands hold about nine of ten up to a
 * thousand times (`model-check -- far`); how many lists there are and how long they are multiply.
 */
const farthest: Readonly<Record<ReachAxis, number>> = {
  keys: 1_000,
  length: 10,
  work: 10,
  'numbers in all': 10_000,
};

const axes: Readonly<Record<ReachAxis, (shape: Shape) => number>> = {
  keys: ({ keys }) => keys,
  length: ({ keys, elements }) => elements / keys,
  work: ({ work }) => work,
  'numbers in all': ({ elements }) => elements,
};
const everyAxis = Object.keys(axes) as ReachAxis[];

export function valueOn(axis: ReachAxis, shape: Shape): number {
  return axes[axis](shape);
}

export function rangeOf(known: readonly Shape[], axis: ReachAxis): { low: number; high: number } {
  const values = known.map(axes[axis]);
  return { low: Math.min(...values), high: Math.max(...values) };
}

/** A question that lies outside of the measured range along an axis. */
export interface Reach {
  readonly axis: ReachAxis;
  readonly asked: number;
  readonly low: number;
  readonly high: number;
  /** How far outside, above 1. */
  readonly factor: number;
}

/** Where a shape lies outside of the measured range by more than a tenth. */
export function reachesOf(known: readonly Shape[], shape: Shape, only = everyAxis): Reach[] {
  return only.flatMap((axis) => {
    const asked = valueOn(axis, shape);
    const { low, high } = rangeOf(known, axis);
    const factor = Math.max(asked / high, low / asked);
    return factor > 1.1 ? [{ axis, asked, low, high, factor }] : [];
  });
}

/**
 * What lies outside of the measured range; throws an OutOfReachError where it lies too far outside, or along an
 * axis of which a single value was measured: what more of it costs is in no time of the run.
 */
export function checkReach(
  known: readonly Shape[],
  shape: Shape,
  about: { readonly workOption?: string },
  only = everyAxis,
): Reach[] {
  return reachesOf(known, shape, only).map((reach) => {
    const { axis, asked, low, high, factor } = reach;
    const unit = axis === 'work' && about.workOption === 'cost' ? ' µs' : '';
    const amount = (value: number) => `${axis} ${plain(value)}${unit}`;
    const range = low === high ? amount(low) : `${axis} ${plain(low)} to ${plain(high)}${unit}`;
    if (low === high && axis !== 'numbers in all')
      throw new OutOfReachError(
        `${amount(asked)}: this profile was measured at ${range} alone, so that nobody can tell what ${plain(asked / low)} times as much costs`,
        `Measure several ${axis === 'length' ? 'lengths' : axis === 'keys' ? 'counts of keys' : 'amounts of work'}, and calibrate from that run.`,
      );
    if (factor > farthest[axis])
      throw new OutOfReachError(
        `${amount(asked)} lies ${plain(factor)} times outside of what this profile was measured at (${range})`,
        `Nothing can be promised there. Measure nearer to it, and calibrate from that run${axis !== 'work' && asked > high ? '; `breakeven project` draws the prices out to any size' : ''}.`,
      );
    return reach;
  });
}

/** Whole numbers as they are, others and millions in three digits; with commas. */
export function plain(value: number): string {
  const exact = Number.isInteger(value) && value < 1e6;
  return (exact ? value : Number(value.toPrecision(3))).toLocaleString('en-US');
}
