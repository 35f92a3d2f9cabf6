import type { Analysis, PointAnalysis } from '../analysis/types.js';
import type { Point } from '../contract/scenario.js';

/* Points and the axes on which they differ. */

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

/**
 * The numbers on an axis that a run was planned with, among those of some points. A planner adds points around a
 * crossover, on the one line that has it: they are no row or column of a map.
 */
export function plannedValues(
  { header }: Analysis,
  points: readonly PointAnalysis[],
  axis: string,
): number[] {
  const planned = new Set(header.scenario.sweeps.flatMap((sweep) => sweep[axis] ?? []));
  const values = new Set(points.map(({ point }) => point[axis]).filter((value) => planned.has(value)));
  return [...values].map(Number).sort((a, b) => a - b);
}
