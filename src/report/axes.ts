import type { Interval } from '../analysis/types.js';
import type { AxisValue, Point } from '../contract/scenario.js';
import { noted, type Origin } from './pointers/note.js';
import { formatCount, formatNs } from './units.js';

/** How an axis is named: alone, on a chart, and with a value in a sentence. */
interface AxisWords {
  readonly title: string;
  /** A number on a tick, where it has a unit of its own. */
  readonly tick?: (value: number) => string;
  /** With the value itself, where words depend on it: the text may be noted. */
  readonly value: (text: string, value: AxisValue) => string;
  /** As an amount, where `value` would not read well behind "about". */
  readonly amount?: (value: string) => string;
}

// Options of kernels are axes too. Ours have these units; a user's own option of another name keeps its name.
const known: ReadonlyMap<string, AxisWords> = new Map(
  Object.entries<AxisWords>({
    keys: { title: 'keys in the dictionary', value: (n, keys) => (keys === 1 ? `${n} key` : `${n} keys`) },
    length: {
      title: 'numbers per list',
      value: (n) => `lists of ${n}`,
      amount: (n) => `${n} numbers per list`,
    },
    skew: { title: 'skew of the list lengths', value: (n) => `skew ${n}` },
    values: { title: 'kind of numbers', value: (kind) => kind },
    workers: { title: 'workers', value: (n, workers) => (workers === 1 ? `${n} worker` : `${n} workers`) },
    chunk: {
      title: 'keys per message',
      value: (n, chunk) =>
        chunk === 'key' ? 'one key per message' : chunk === 'balanced' ? 'balanced chunks' : `chunks of ${n}`,
    },
    cost: {
      title: 'work per item',
      tick: (us) => formatNs(us * 1e3),
      value: (time) => `${time} of work per item`,
    },
    ms: {
      title: 'wait per item',
      tick: (ms) => formatNs(ms * 1e6),
      value: (time) => `${time} of waiting per item`,
    },
    steps: { title: 'steps per number', value: (n) => `${n} steps per number` },
    operation: { title: 'operation', value: (name) => name },
  }),
);

/** Title of an axis on a chart: "numbers per list"; a user's own axis keeps its name. */
export function axisTitle(axis: string): string {
  return known.get(axis)?.title ?? axis;
}

/** A value as on a tick: "10k", "50 ms", "doubles". Without an origin it is a value that was measured. */
export function formatAxisValue(
  axis: string,
  value: AxisValue,
  origin: Origin = { kind: 'axis', axis, value },
): string {
  if (typeof value !== 'number') return value;
  return noted((known.get(axis)?.tick ?? formatCount)(value), origin);
}

/** An axis and its value in a sentence: "lists of 1M", "16 keys", "cost 50". */
export function formatAxis(axis: string, value: AxisValue, origin?: Origin): string {
  return inSentence(axis, formatAxisValue(axis, value, origin), value);
}

function inSentence(axis: string, text: string, value: AxisValue): string {
  return known.get(axis)?.value(text, value) ?? `${axis} ${text}`;
}

/** An amount along an axis: "1M numbers per list". */
export function formatAmount(axis: string, value: number, origin?: Origin): string {
  const text = formatAxisValue(axis, value, origin);
  return known.get(axis)?.amount?.(text) ?? inSentence(axis, text, value);
}

/** An interval along an axis: "[6k, 7.3k]". */
export function formatRange(
  axis: string,
  { low, high }: Interval,
  originOf?: (end: keyof Interval) => Origin,
): string {
  return `[${formatAxisValue(axis, low, originOf?.('low'))}, ${formatAxisValue(axis, high, originOf?.('high'))}]`;
}

/** A place on an axis that was estimated, with its interval: two digits, more would pretend. */
export function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}

/** A point in a sentence, only with the given axes: "8 keys, lists of 1M". */
export function formatPoint(point: Point, axes: readonly string[] = Object.keys(point)): string {
  const parts = axes.flatMap((axis) => {
    const value = point[axis];
    return value === undefined ? [] : [formatAxis(axis, value, { kind: 'axis', axis, value, point })];
  });
  return parts.length === 0 ? 'the only point' : parts.join(', ');
}

/** Axes that take more than one value among the points, in the order in which they appear. */
export function varyingAxes(points: readonly Point[]): string[] {
  const axes = [...new Set(points.flatMap((point) => Object.keys(point)))];
  return axes.filter((axis) => new Set(points.map((point) => point[axis])).size > 1);
}

/** The part of a point that all points share. */
export function commonPart(points: readonly Point[]): Point {
  const varying = new Set(varyingAxes(points));
  return Object.fromEntries(Object.entries(points[0] ?? {}).filter(([axis]) => !varying.has(axis)));
}

/** Equal values on all the axes that `part` names. */
export function liesOn(point: Point, part: Point): boolean {
  return Object.entries(part).every(([axis, value]) => point[axis] === value);
}

/** Same axes with the same values, in whatever order they were written. */
export function samePoint(a: Point, b: Point): boolean {
  return liesOn(a, b) && liesOn(b, a);
}
