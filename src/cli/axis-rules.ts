import { InputError } from '../contract/errors.js';
import type { AxisValue } from '../contract/scenario.js';
import { maxElements, maxKeys } from '../dictionary/spec.js';
import { isPerCore } from './per-core.js';

interface Rule {
  readonly allows: (value: AxisValue) => boolean;
  readonly must: string;
}

/** Axes of generated data alone: a data file has its own lengths and values. */
export const generatedAxes: readonly string[] = ['skew', 'values'];

/** Axes that every run has; the kernel's options come on top. */
export const commonAxes: readonly string[] = ['keys', 'length', 'skew', 'values', 'workers', 'chunk'];

/** Ranges on these axes are rounded to whole numbers. */
export const wholeAxes: readonly string[] = ['keys', 'length', 'workers', 'chunk'];

/** Of one axis; steps of a range that goes on too long are a slip of the pen. */
export const mostValues = 200;

const aWholeNumber = 'it must be a whole number above 0';

/** Threads beyond this only exhaust the machine; a pool of that size is a slip of the pen. */
const mostWorkers = 1_024;

const rules: ReadonlyMap<string, Rule> = new Map(
  Object.entries<Rule>({
    keys: {
      allows: isWhole(maxKeys),
      must: `${aWholeNumber}, and at most 2^24 (16,777,216), the most keys that a Map can hold`,
    },
    length: { allows: isWhole(maxElements), must: `${aWholeNumber}, and below 2^32` },
    workers: {
      allows: (value) => isPerCore(value) || isWhole(mostWorkers)(value),
      must: `${aWholeNumber}, and at most ${mostWorkers}, or so many per usable core, like 2xcores`,
    },
    chunk: {
      allows: (value) => value === 'key' || value === 'balanced' || isWhole(maxKeys)(value),
      must: 'it must be key, balanced, or a whole number of keys per message',
    },
    skew: {
      allows: (value) => value === 'equal' || (typeof value === 'number' && value > 0 && value <= 16),
      must: 'it must be equal, or a Zipf exponent above 0 and at most 16, like 1.1',
    },
    values: {
      allows: (value) => value === 'ints' || value === 'doubles',
      must: 'it must be ints or doubles',
    },
  }),
);

/**
 * Refuses the first value that its axis cannot have. `written`: how the user wrote the axis, `--keys` or the name of a
 * scenario's sweep. `standard`: the default of a kernel's option, which a value must be like.
 */
export function checkAxisValues(
  axis: string,
  values: readonly AxisValue[],
  written: string,
  standard: AxisValue | undefined,
): void {
  if (values.length > mostValues)
    throw new InputError(`${written} has ${values.length} values, and may have ${mostValues}: take fewer.`);
  const rule = rules.get(axis) ?? (typeof standard === 'number' ? aNumber : undefined);
  const wrong = rule && values.find((value) => !rule.allows(value));
  if (rule !== undefined && wrong !== undefined) throw new InputError(`${written} ${wrong}: ${rule.must}.`);
}

const aNumber: Rule = {
  allows: (value) => typeof value === 'number' && Number.isFinite(value),
  must: 'it must be a number',
};

function isWhole(most: number) {
  return (value: AxisValue) =>
    typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most;
}
