import type { Axes, Point } from '../contract/scenario.js';

/** The same text for equal points, whatever the order of their axes. */
export function pointKey(point: Point): string {
  return JSON.stringify(Object.entries(point).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** True where the point has one of the values of each axis that is named; other axes may have any value. */
export function matches(point: Point, where: Axes): boolean {
  return Object.entries(where).every(([axis, values]) => values.some((value) => value === point[axis]));
}

/** `keys 8, length 1000`. */
export function pointText(point: Point): string {
  const text = Object.entries(point)
    .map(([axis, value]) => `${axis} ${typeof value === 'number' ? value.toLocaleString('en-US') : value}`)
    .join(', ');
  return text === '' ? 'the only point' : text;
}
