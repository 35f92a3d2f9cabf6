import type { Coefficient, Term } from '../choose/choose.js';
import { deviationAt, formulaNs, weigher } from '../choose/choose.js';
import { fit } from './fit.js';
import type { Observation } from './observation.js';

/** How times are told from observations: by the formula alone, or by it and what the nearest points deviate from it. */
export type Method = 'formula' | 'formula and neighbours';

/** log(told ÷ measured) of each point that was left out, for each time that it was. */
export type HeldOutErrors = readonly number[];

/** An error beyond a factor of e³ is as bad as it gets: one row must not hide what the others say. */
const worst = 3;

/**
 * Errors on whole rows that the fit did not see: all points that share a value of an axis are left out together, since
 * the neighbour in its row would give a single point away. Only axes with three values or more: two points do not show
 * a slope once one is gone. Where there is no such axis, points are left out one by one.
 */
export function heldOutErrors(
  terms: readonly Term[],
  observations: readonly Observation[],
  method: Method,
): HeldOutErrors {
  return rowsOf(observations).flatMap((row) => {
    const rest = observations.filter((one) => !row.includes(one));
    const tell = teller(
      fit(terms, rest).map(({ coefficient }) => coefficient),
      rest,
      method,
    );
    return row.map(({ shape, ns }) => Math.max(-worst, Math.min(worst, Math.log(tell(shape) / ns))));
  });
}

/** From observations to a function of the shape, ns. */
export function teller(
  formula: readonly Coefficient[],
  observations: readonly Observation[],
  method: Method,
): (shape: Observation['shape']) => number {
  if (method === 'formula') return (shape) => formulaNs(formula, shape);
  const deviations = deviationsOf(formula, observations);
  const weigh = weigher(observations.map(({ shape }) => shape));
  return (shape) => formulaNs(formula, shape) * Math.exp(deviationAt(deviations, weigh(shape)));
}

/** log(measured ÷ formula) of each observation. */
export function deviationsOf(
  formula: readonly Coefficient[],
  observations: readonly Observation[],
): number[] {
  return observations.map(({ shape, ns }) => Math.log(ns / formulaNs(formula, shape)));
}

/** Rows and columns, each as its points. */
export function rowsOf(observations: readonly Observation[]): Observation[][] {
  const axes = new Set(observations.flatMap(({ point }) => Object.keys(point)));
  const rows = [...axes].flatMap((axis) => {
    const values = [...new Set(observations.map(({ point }) => point[axis]))];
    if (values.length < 3) return [];
    return values.map((value) => observations.filter(({ point }) => point[axis] === value));
  });
  return rows.length > 0 ? rows : observations.map((one) => [one]);
}

/** Root mean square. */
export function rootMeanSquare(errors: HeldOutErrors): number {
  return Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
}
