import type { Coefficient, Term } from '../choose/choose.js';
import { deviationAt, formulaNs, placeOf, termValue, totalOf, weigher } from '../choose/choose.js';
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
 * the neighbour in its row would give a single point away. Points that are in no such row (corners of the measured
 * range) count with what the fit to all of them leaves: a formula that misses them does not fit either. Neighbours
 * are at hand there, and leave nothing to be told.
 */
export function heldOutErrors(
  terms: readonly Term[],
  observations: readonly Observation[],
  method: Method,
  rows: readonly Observation[][] = rowsLeftOut(observations, [terms]),
): HeldOutErrors {
  const unseen = rows.flatMap((row) => {
    const rest = observations.filter((one) => !row.includes(one));
    return errorsAt(row, terms, rest, method);
  });
  if (method === 'formula and neighbours') return unseen;
  const corners = observations.filter((one) => !rows.some((row) => row.includes(one)));
  return [...unseen, ...errorsAt(corners, terms, observations, method)];
}

/**
 * The rows that are left out, without points that nothing could be told of without them: what the candidate with the most
 * terms needs, so that all candidates are tried on the same points.
 */
export function rowsLeftOut(
  observations: readonly Observation[],
  candidates: readonly (readonly Term[])[],
): Observation[][] {
  const richest = candidates.reduce((most, one) => (one.length > most.length ? one : most));
  const whole = fit(richest, observations).map(({ coefficient }) => coefficient);
  return rowsOf(observations)
    .map((row) => row.filter((one) => !isAlone(one, row, observations, whole)))
    .filter((row) => row.length > 0);
}

/** A price is seen where it makes so much of a time. */
const seenShare = 0.25;

/**
 * With its row this point would take a price away that is seen nowhere else: what is told without it would say nothing about
 * the formula. In a full grid there is no such point, in a star of few points there are some.
 */
function isAlone(
  one: Observation,
  row: readonly Observation[],
  observations: readonly Observation[],
  formula: readonly Coefficient[],
): boolean {
  return formula.some((coefficient) => {
    const isSeen = ({ shape, ns }: Observation) =>
      coefficient.ns * termValue(coefficient, shape) >= seenShare * ns;
    return isSeen(one) && !observations.some((other) => !row.includes(other) && isSeen(other));
  });
}

function errorsAt(
  asked: readonly Observation[],
  terms: readonly Term[],
  known: readonly Observation[],
  method: Method,
): number[] {
  const formula = fit(terms, known).map(({ coefficient }) => coefficient);
  const tell = teller(formula, known, method);
  return asked.map(({ shape, ns }) => Math.max(-worst, Math.min(worst, Math.log(tell(shape) / ns))));
}

/** From observations to a function of the shape, ns. */
export function teller(
  formula: readonly Coefficient[],
  observations: readonly Observation[],
  method: Method,
): (shape: Observation['shape']) => number {
  if (method === 'formula') return (shape) => formulaNs(formula, shape);
  const deviations = Float64Array.from(deviationsOf(formula, observations));
  const weigh = weigher(observations.map(({ shape }) => shape));
  return (shape) => {
    const weights = weigh(placeOf(shape));
    return formulaNs(formula, shape) * Math.exp(deviationAt(deviations, weights, totalOf(weights)));
  };
}

/** log(measured ÷ formula) of each observation. */
export function deviationsOf(
  formula: readonly Coefficient[],
  observations: readonly Observation[],
): number[] {
  return observations.map(({ shape, ns }) => Math.log(ns / formulaNs(formula, shape)));
}

/**
 * Rows and columns between others, each as its points; the first and the last value of an axis are not left out, since
 * what lies beyond the measured range is not promised. Points one by one where no axis has a value between others, or
 * too little would be left.
 */
export function rowsOf(observations: readonly Observation[]): Observation[][] {
  const axes = new Set(observations.flatMap(({ point }) => Object.keys(point)));
  const rows = [...axes].flatMap((axis) => {
    const values = [...new Set(observations.map(({ point }) => point[axis]))];
    const inner = values.every((value) => typeof value === 'number')
      ? values.sort((a, b) => a - b).slice(1, -1)
      : [];
    return inner.map((value) => {
      const row = observations.filter(({ point }) => point[axis] === value);
      return row.filter((one) => !endsWith(one, row, observations));
    });
  });
  const enough = rows.filter((row) => row.length > 0 && observations.length - row.length >= leastLeft);
  return enough.length > 0 ? enough : observations.map((one) => [one]);
}

/**
 * With its row this point would take an end of another axis away: in a star, where each row varies one thing, the most
 * work stands in a row of few keys. It stays in, since what lies beyond the measured range is not promised.
 */
function endsWith(
  { point }: Observation,
  row: readonly Observation[],
  observations: readonly Observation[],
): boolean {
  const rest = observations.filter((one) => !row.includes(one));
  return Object.keys(point).some((axis) => {
    const values = (some: readonly Observation[]) => some.map((one) => Number(one.point[axis]));
    const value = Number(point[axis]);
    return (
      (value === Math.max(...values(observations)) && value > Math.max(...values(rest))) ||
      (value === Math.min(...values(observations)) && value < Math.min(...values(rest)))
    );
  });
}

/** Start, price per key and per number take three points; the fourth can contradict. */
const leastLeft = 4;

/** Root mean square. */
export function rootMeanSquare(errors: HeldOutErrors): number {
  return Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
}
