import type { Interval } from '../analysis/types.js';
import type { AxisValue, Point } from '../contract/scenario.js';
import { type Around, axisWords } from '../document/axes.js';
import { printOnAxis } from '../document/units.js';
import { noted, type Origin } from './pointers/note.js';

export { axisTitle } from '../document/axes.js';
export { twoDigits } from '../document/units.js';
export { commonPart, liesOn, samePoint, varyingAxes } from '../documents/points.js';

/* The words of src/document/axes.ts for what is still written as strings. */

/** A value as on a tick: "10k", "50 ms", "doubles". Without an origin it is a value that was measured. */
export function formatAxisValue(
  axis: string,
  value: AxisValue,
  origin: Origin = { kind: 'axis', axis, value },
): string {
  if (typeof value !== 'number') return value;
  return noted(printOnAxis(axis, value), origin);
}

/** An axis and its value in a sentence: "lists of 1M", "16 keys", "cost 50". */
export function formatAxis(axis: string, value: AxisValue, origin?: Origin): string {
  return inSentence(axis, formatAxisValue(axis, value, origin), value);
}

function inSentence(axis: string, text: string, value: AxisValue): string {
  return surround(text, axisWords(axis).around(value));
}

function surround(text: string, around: Around): string {
  return 'instead' in around ? around.instead : `${around.before ?? ''}${text}${around.after ?? ''}`;
}

/** An amount along an axis: "1M numbers per list". */
export function formatAmount(axis: string, value: number, origin?: Origin): string {
  const text = formatAxisValue(axis, value, origin);
  const { amount } = axisWords(axis);
  return amount === undefined ? inSentence(axis, text, value) : surround(text, amount);
}

/** An interval along an axis: "[6k, 7.3k]". */
export function formatRange(
  axis: string,
  { low, high }: Interval,
  originOf?: (end: keyof Interval) => Origin,
): string {
  return `[${formatAxisValue(axis, low, originOf?.('low'))}, ${formatAxisValue(axis, high, originOf?.('high'))}]`;
}

/** A point in a sentence, only with the given axes: "8 keys, lists of 1M". */
export function formatPoint(point: Point, axes: readonly string[] = Object.keys(point)): string {
  const parts = axes.flatMap((axis) => {
    const value = point[axis];
    return value === undefined ? [] : [formatAxis(axis, value, { kind: 'axis', axis, value, point })];
  });
  return parts.length === 0 ? 'the only point' : parts.join(', ');
}
