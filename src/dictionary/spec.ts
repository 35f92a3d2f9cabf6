import { axes, axesOf, maxElements } from '../contract/axes.js';

/** 'equal', or the exponent s of Zipf's law: the k-th longest list is in proportion to k^-s. */
export type Skew = 'equal' | number;

/** What the data axes of one point say: everything that `generate` needs. */
export interface DictionarySpec {
  /** Number of lists, 1 to 2^24. */
  readonly keys: number;
  /** Numbers per list; with skew, the mean over all lists. */
  readonly length: number;
  readonly skew: Skew;
  /** Integers in [0, 1000), as in the source question, or doubles in [0, 1000) with many digits. */
  readonly values: 'ints' | 'doubles';
  /** Integer from 0 to 2^53 − 1. */
  readonly seed: number;
}

/** V8's limit for an array that is not sparse: tried on Node 20, where one number more is an "Invalid array length". */
const maxListLength = 2 ** 27 - 3;

/** Throws a RangeError on the first axis out of range: its name, its value, the range. */
export function checkSpec(spec: DictionarySpec): void {
  for (const axis of axesOf('size', 'kind') as (keyof DictionarySpec)[]) {
    const rule = axes.get(axis);
    if (rule !== undefined && !rule.allows(spec[axis]))
      throw new RangeError(`${axis} ${show(spec[axis])}: ${rule.must}`);
  }
  if (!Number.isSafeInteger(spec.seed) || spec.seed < 0)
    throw new RangeError(`seed ${show(spec.seed)}: it must be a whole number from 0 to 2^53 − 1`);
  const elements = spec.keys * spec.length;
  if (elements > maxElements) {
    throw new RangeError(
      `keys ${spec.keys} × length ${spec.length} make ${elements} numbers, more than the 2^32 − 1 that a dictionary ` +
        `can hold; at ${spec.keys} keys length may be at most ${Math.floor(maxElements / spec.keys)}`,
    );
  }
}

/** Throws a RangeError where the longest list of a spec is more than one array can hold; columns have no such limit. */
export function checkLongest({ length, skew }: DictionarySpec, longest: number): void {
  if (longest <= maxListLength) return;
  const inWords =
    skew === 'equal'
      ? `length ${length} is`
      : `length ${length} with skew ${skew} makes a list of ${longest},`;
  throw new RangeError(
    `${inWords} more than the ${maxListLength} numbers that V8 can hold in one array; ` +
      'start from columns, or take a smaller length',
  );
}

function show(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
