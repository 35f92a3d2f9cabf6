import type { Interval } from '../analysis/types.js';
import type { AxisValue, Point } from '../contract/scenario.js';
import { printOnAxis } from '../document/units.js';
import { plainText, pointText } from '../document/words.js';

export { axisTitle } from '../document/axes.js';
export { twoDigits } from '../document/units.js';
export { liesOn, samePoint, varyingAxes } from '../documents/points.js';

/* The words of src/document for what is still written as strings. */

/** A value as on a tick: "10k", "50 ms", "doubles". */
export function formatAxisValue(axis: string, value: AxisValue): string {
  return typeof value === 'number' ? printOnAxis(axis, value) : value;
}

/** An interval along an axis: "[6k, 7.3k]". */
export function formatRange(axis: string, { low, high }: Interval): string {
  return `[${formatAxisValue(axis, low)}, ${formatAxisValue(axis, high)}]`;
}

/** A point in a sentence, only with the given axes: "8 keys, lists of 1M". */
export function formatPoint(point: Point, axes?: readonly string[]): string {
  return plainText(pointText(point, axes));
}
