import type { AccountAnalysis, Analysis, PointAnalysis } from '../../analysis/types.js';
import { type Plane, plannedValues, pointsOnPlane } from '../slices.js';

/** A place on a map, in fields: (0, 0) is the middle of the first one, at the lower left. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A point of a run and its place on a map. */
export interface PlacedPoint extends Place {
  readonly point: PointAnalysis;
}

/** The fields of a map: one for each pair of values that the run was planned with. */
export interface MapGrid {
  readonly plane: Plane;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** In the middle of a field each. */
  readonly planned: readonly PlacedPoint[];
  /** Added where the winner was in doubt: somewhere between the middles. */
  readonly added: readonly PlacedPoint[];
  /** Fields without a point. */
  readonly empty: readonly Place[];
}

/** The points of an account on a plane, each at its place. */
export function mapGrid(analysis: Analysis, account: AccountAnalysis, plane: Plane): MapGrid {
  const points = pointsOnPlane(account, plane);
  const xs = plannedValues(analysis, points, plane.x);
  const ys = plannedValues(analysis, points, plane.y);
  const placed = points.map((point) => ({
    point,
    x: placeOn(xs, Number(point.point[plane.x])),
    y: placeOn(ys, Number(point.point[plane.y])),
  }));
  const inField = ({ x, y }: Place) => Number.isInteger(x) && Number.isInteger(y);
  const fields = ys.flatMap((_y, y) => xs.map((_x, x) => ({ x, y })));
  return {
    plane,
    xs,
    ys,
    planned: placed.filter(inField),
    added: placed.filter((one) => !inField(one)),
    empty: fields.filter((field) => !placed.some(({ x, y }) => x === field.x && y === field.y)),
  };
}

/**
 * The place of a value among the ascending ones that have fields: between two middles by its logarithm, since fields of
 * equal width stand for factors; by its size where an end is not positive. What lies outside is put at the edge.
 */
export function placeOn(values: readonly number[], value: number): number {
  const above = values.findIndex((each) => each >= value);
  if (above < 0) return values.length - 0.5;
  if (values[above] === value) return above;
  if (above === 0) return -0.5;
  const [low, high] = [values[above - 1], values[above]];
  const share = low > 0 ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return above - 1 + share;
}
