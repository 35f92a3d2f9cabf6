import type { AccountAnalysis, Analysis, PointAnalysis, Slice } from '../../analysis/types.js';
import type { AxisValue, Point } from '../../contract/scenario.js';
import { liesOn, samePoint } from '../points.js';

/** The lines that charts are drawn along, and the planes that winner maps show. */
export interface Cuts {
  readonly lines: readonly Slice[];
  readonly planes: readonly Plane[];
}

/** Two numeric axes with two values or more each, everything else fixed. */
export interface Plane {
  readonly x: string;
  readonly y: string;
  readonly fixed: Point;
}

/**
 * Cuts through the points that were measured, one per swept axis of each sweep. Where a sweep has further axes they
 * are held at their last value, the largest.
 */
export function cutsOf(analysis: Analysis): Cuts {
  const points = (analysis.accounts[0]?.points ?? []).map(({ point }) => point);
  const lines: Slice[] = [];
  const planes: Plane[] = [];
  for (const sweep of analysis.header.scenario.sweeps) {
    const swept = Object.keys(sweep).filter((axis) => sweep[axis].length > 1);
    const corner = Object.fromEntries(Object.entries(sweep).map(([axis, values]) => [axis, largest(values)]));
    for (const axis of swept) {
      const line = lineAlong(axis, corner, points);
      if (line.values.length > 1 && !lines.some((other) => sameLine(other, line))) lines.push(line);
    }
    const [x, y] = swept.filter((axis) => sweep[axis].every((value) => typeof value === 'number'));
    const plane = y === undefined ? undefined : { x, y, fixed: without(corner, [x, y]) };
    if (plane !== undefined && !planes.some((other) => samePlane(other, plane))) planes.push(plane);
  }
  return { lines, planes };
}

/** The points of an account on a line, in the order of its axis. */
export function pointsOnLine(account: AccountAnalysis, line: Slice): PointAnalysis[] {
  const on = account.points.filter(({ point }) => liesOn(point, line.fixed));
  // Another sweep may set an axis that this line does not name: of such points the first one counts.
  return line.values.flatMap((value) => on.find(({ point }) => point[line.axis] === value) ?? []);
}

/** The points of an account on a plane. */
export function pointsOnPlane(account: AccountAnalysis, plane: Plane): PointAnalysis[] {
  return account.points.filter(
    ({ point }) => liesOn(point, plane.fixed) && plane.x in point && plane.y in point,
  );
}

/** Whether charts can draw the line over a numeric scale. */
export function isNumeric(slice: Slice): boolean {
  return slice.values.every((value) => typeof value === 'number');
}

function lineAlong(axis: string, corner: Point, points: readonly Point[]): Slice {
  const fixed = without(corner, [axis]);
  const values = [
    ...new Set(points.filter((point) => liesOn(point, fixed) && axis in point).map((point) => point[axis])),
  ];
  return { axis, values: sorted(values), fixed };
}

function sameLine(a: Slice, b: Slice): boolean {
  return a.axis === b.axis && samePoint(a.fixed, b.fixed);
}

/** A second sweep may fill in what the first one left out. */
function samePlane(a: Plane, b: Plane): boolean {
  return a.x === b.x && a.y === b.y && samePoint(a.fixed, b.fixed);
}

function without(point: Point, axes: readonly string[]): Point {
  return Object.fromEntries(Object.entries(point).filter(([axis]) => !axes.includes(axis)));
}

function largest(values: readonly AxisValue[]): AxisValue {
  return sorted(values)[values.length - 1];
}

/** Numbers by size behind words, which keep their order. */
function sorted(values: readonly AxisValue[]): AxisValue[] {
  const words = values.filter((value) => typeof value === 'string');
  const numbers = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  return [...words, ...numbers];
}
