import { pointKey } from '../contract/axes.js';
import type { Point } from '../contract/scenario.js';
import { grouped } from './grouped.js';
import type { Table } from './table.js';

/** Points that differ in one numeric axis only, by ascending value; at least two. */
export interface Line {
  readonly axis: string;
  readonly fixed: Point;
  readonly values: readonly number[];
  readonly points: readonly Point[];
}

/**
 * Every line of a run along the axes that its sweeps vary: all points that agree in everything else. They come from
 * the cells, not from the sweeps, so that a point which two sweeps share, or which was added around a crossover, is
 * part of the line, and axes that a sweep leaves at their default do not matter.
 */
export function linesOf(table: Table): Line[] {
  const { sweeps } = table.header.scenario;
  const axes = new Set(
    sweeps.flatMap((sweep) => Object.keys(sweep).filter((axis) => numericValues(sweep[axis]) >= 2)),
  );
  return [...axes].flatMap((axis) => {
    const points = table.points.filter((point) => typeof point[axis] === 'number');
    const groups = grouped(points, (point) => pointKey(without(point, axis)));
    return [...groups.values()].map((group) => lineOf(axis, group)).filter((line) => line.points.length >= 2);
  });
}

function lineOf(axis: string, points: readonly Point[]): Line {
  const placed = points
    .flatMap((point) => (typeof point[axis] === 'number' ? [{ value: point[axis], point }] : []))
    .sort((a, b) => a.value - b.value);
  return {
    axis,
    fixed: without(points[0], axis),
    values: placed.map(({ value }) => value),
    points: placed.map(({ point }) => point),
  };
}

function numericValues(values: readonly (number | string)[]): number {
  return new Set(values.filter((value) => typeof value === 'number')).size;
}

function without(point: Point, axis: string): Point {
  return Object.fromEntries(Object.entries(point).filter(([name]) => name !== axis));
}
