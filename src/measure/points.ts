import type { Axes, AxisValue, Point } from '../contract/scenario.js';
import type { PreparedData } from './plan.js';

interface PointsRequest {
  readonly scenario: { readonly sweeps: readonly Axes[] };
  readonly data?: PreparedData;
  readonly workers: number;
}

/** Sizes of data that a sweep does not name. */
const generatedSize = { keys: 8, length: 1_000 } as const;

/** Values of the axes that no sweep names: the same for every point, and so no part of it. */
export function defaultsOf({ scenario, data, workers }: PointsRequest): Point {
  const all: Point = {
    ...(data === undefined ? { skew: 'equal', values: 'ints' } : {}),
    workers,
    chunk: 'balanced',
  };
  const swept = new Set(scenario.sweeps.flatMap((sweep) => Object.keys(sweep)));
  return Object.fromEntries(Object.entries(all).filter(([axis]) => !swept.has(axis)));
}

/** How many points the sweeps make before equal ones are dropped: counted, since making them may take all memory there is. */
export function countPoints(sweeps: readonly Axes[]): number {
  return sweeps.reduce(
    (sum, sweep) => sum + Object.values(sweep).reduce((product, values) => product * values.length, 1),
    0,
  );
}

/** All points of all sweeps, each once, in order of appearance, with every axis that any sweep names. */
export function allPoints(request: PointsRequest): Point[] {
  const { scenario, data } = request;
  const size: Point = data === undefined ? generatedSize : { keys: data.header.keys };
  const unswept = defaultsOf(request);
  const everything = defaultsOf({ ...request, scenario: { sweeps: [] } });
  const swept = Object.fromEntries(Object.entries(everything).filter(([axis]) => !(axis in unswept)));
  const points = new Map<string, Point>();
  for (const sweep of scenario.sweeps) {
    for (const combination of combinations(Object.entries(sweep))) {
      const point: Point = { ...size, ...swept, ...combination };
      points.set(pointName(point), point);
    }
  }
  return [...points.values()];
}

/** The same text for equal points, whatever the order of their axes. */
export function pointName(point: Point): string {
  return JSON.stringify(Object.entries(point).sort());
}

/** How much data a point is. Real data is cut to its first `keys` keys and to `length` numbers per list. */
export function cellSize(point: Point, data: PreparedData | undefined): { keys: number; elements: number } {
  if (data === undefined)
    return { keys: Number(point.keys), elements: Number(point.keys) * Number(point.length) };
  const keys = Math.min(Number(point.keys), data.lengths.length);
  const most = point.length === undefined ? Number.POSITIVE_INFINITY : Number(point.length);
  let elements = 0;
  for (let index = 0; index < keys; index++) elements += Math.min(most, data.lengths[index]);
  return { keys, elements };
}

function combinations(axes: readonly (readonly [string, readonly AxisValue[]])[]): Point[] {
  return axes.reduce<Point[]>(
    (points, [axis, values]) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [axis]: value }))),
    [{}],
  );
}
