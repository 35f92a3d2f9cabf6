import type { Point } from '../contract/scenario.js';
import { grouped } from './grouped.js';
import { pointKey } from './point-key.js';
import type { Table } from './table.js';

/** Points that differ in one numeric axis only, by ascending value; at least two. */
export interface Line {
  readonly axis: string;
  readonly fixed: Point;
  readonly values: readonly number[];
  readonly points: readonly Point[];
}

/**
 * Every line of a run along the axes that its sweeps vary. Points come from the cells, not from the sweeps, so that
 * a point which two sweeps share, or which was added around a crossover, is part of the line.
 */
export function linesOf(table: Table): Line[] {
  const lines = new Map<string, Line>();
  for (const sweep of table.header.scenario.sweeps) {
    const axes = Object.keys(sweep);
    const points = table.points.filter((point) => sameAxes(point, axes));
    for (const axis of axes.filter((name) => numericValues(sweep[name]) >= 2)) {
      for (const group of grouped(points, (point) => pointKey(without(point, axis))).values()) {
        const line = lineOf(axis, group);
        if (line.points.length >= 2) lines.set(`${axis} ${pointKey(line.fixed)}`, line);
      }
    }
  }
  return [...lines.values()];
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

function sameAxes(point: Point, axes: readonly string[]): boolean {
  return Object.keys(point).length === axes.length && axes.every((axis) => axis in point);
}

function numericValues(values: readonly (number | string)[]): number {
  return new Set(values.filter((value) => typeof value === 'number')).size;
}

function without(point: Point, axis: string): Point {
  return Object.fromEntries(Object.entries(point).filter(([name]) => name !== axis));
}
