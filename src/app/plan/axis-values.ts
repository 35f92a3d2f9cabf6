import { axes } from '../../contract/axes.js';
import { InputError } from '../../contract/errors.js';
import type { AxisValue } from '../../contract/scenario.js';

/** Of one axis on the command line: patterns are held against it, which takes time with the square of its length. */
const mostLetters = 10_000;

/**
 * Values of an axis as typed: `4,8,16`, `1e3..1e6x10` (from, to, factor), `equal,1.2`, `doubles`.
 * Throws an InputError that names axis and value.
 */
export function parseAxisValues(axis: string, text: string): AxisValue[] {
  if (text.length > mostLetters)
    throw new InputError(
      `--${axis}: its values have ${text.length} letters; write a range, like 1e3..1e6x10.`,
    );
  const values = text
    .split(',')
    .map((part) => part.trim())
    .flatMap((part) => parsePart(axis, part));
  if (values.length > mostValues)
    throw new InputError(`--${axis} ${text} makes more than ${mostValues} values: take a larger factor.`);
  return [...new Set(values)];
}

function parsePart(axis: string, part: string): AxisValue[] {
  if (part === '')
    throw new InputError(
      `--${axis} has an empty value. Write it like --${axis} 4,8,16 or --${axis} 1e3..1e6x10.`,
    );
  return part.includes('..') ? parseRange(axis, part) : [numberOf(part) ?? part];
}

function parseRange(axis: string, part: string): number[] {
  const [from = Number.NaN, to = Number.NaN, factor = Number.NaN] = (
    /^(.+?)\.\.(.+?)x(.+)$/.exec(part)?.slice(1) ?? []
  ).map(numberOf);
  if (!(from > 0 && to >= from && factor > 1 && to < Number.POSITIVE_INFINITY)) {
    throw new InputError(
      `--${axis} ${part} is no range: write FROM..TOxFACTOR with 0 < FROM ≤ TO and FACTOR above 1, like 1e3..1e6x10.`,
    );
  }
  const values: number[] = [];
  // A little slack, so that rounding does not lose the last value; twelve digits, so that 0.1 × 3 is 0.3.
  for (let value = from; value <= to * (1 + 1e-9) && values.length <= mostValues; value *= factor)
    values.push(axes.get(axis)?.isWhole ? Math.round(value) : Number(value.toPrecision(12)));
  return values;
}

function numberOf(text: string): number | undefined {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? undefined : value;
}

/** Of one axis; steps of a range that goes on too long are a slip of the pen. */
const mostValues = 200;

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
