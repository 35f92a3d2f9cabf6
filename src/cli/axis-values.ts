import { InputError } from '../catalog/problem.js';
import type { AxisValue } from '../contract/scenario.js';

/** Steps of a range that goes on too long are a slip of the pen. */
const mostValues = 200;

/**
 * Values of an axis as typed: `4,8,16`, `1e3..1e6x10` (from, to, factor), `equal,1.2`, `doubles`.
 * Throws an InputError that names axis and value.
 */
export function parseAxisValues(axis: string, text: string): AxisValue[] {
  const values = text
    .split(',')
    .map((part) => part.trim())
    .flatMap((part) => parsePart(axis, part));
  if (values.length > mostValues)
    throw new InputError(`--${axis} ${text} makes ${values.length} values; at most ${mostValues}.`);
  return [...new Set(values)];
}

function parsePart(axis: string, part: string): AxisValue[] {
  const range = /^(\S+?)\.\.(\S+?)x(\S+)$/.exec(part);
  if (range === null) {
    if (part === '')
      throw new InputError(
        `--${axis} has an empty value. Write it like --${axis} 4,8,16 or --${axis} 1e3..1e6x10.`,
      );
    return [numberOf(part) ?? part];
  }
  const [from, to, factor] = range.slice(1).map(numberOf);
  if (
    from === undefined ||
    to === undefined ||
    factor === undefined ||
    !(from > 0 && to >= from && factor > 1)
  ) {
    throw new InputError(
      `--${axis} ${part} is no range: write FROM..TOxFACTOR with 0 < FROM ≤ TO and FACTOR above 1, like 1e3..1e6x10.`,
    );
  }
  const values: number[] = [];
  // A little slack, so that rounding does not lose the last value.
  for (let value = from; value <= to * (1 + 1e-9) && values.length <= mostValues; value *= factor)
    values.push(Math.round(value));
  return values;
}

function numberOf(text: string): number | undefined {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? undefined : value;
}
