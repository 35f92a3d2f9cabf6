import { axes } from '../contract/axes.js';
import { InputError } from '../contract/errors.js';
import type { AxisValue } from '../contract/scenario.js';

/** Of one axis; steps of a range that goes on too long are a slip of the pen. */
export const mostValues = 200;

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
  const rule = axes.get(axis) ?? (typeof standard === 'number' ? aNumber : undefined);
  const wrong = rule && values.find((value) => !rule.allows(value));
  if (rule !== undefined && wrong !== undefined) throw new InputError(`${written} ${wrong}: ${rule.must}.`);
}

const aNumber = {
  allows: (value: AxisValue) => typeof value === 'number' && Number.isFinite(value),
  must: 'it must be a number',
};
