/* How much what was measured has to say about what is asked. */

import type { Shape } from './profile.js';

/** A shape as a point in a space of factors: logarithms of keys, length, work and workers. */
export type Place = readonly [keys: number, length: number, work: number, workers: number];

export function placeOf({ keys, elements, work, workers }: Shape): Place {
  return [Math.log(keys), Math.log(elements / keys), Math.log(work), Math.log(workers)];
}

/**
 * How much each known point has to say about any other: inverse distance (Shepard 1968) in factors. At a known point it
 * is that point alone. The weights are written over by the next call.
 */
export function weigher(known: readonly Shape[]): (place: Place) => Float64Array {
  const places = Float64Array.from(known.flatMap(placeOf));
  const weights = new Float64Array(known.length);
  return ([keys, length, work, workers]) => {
    for (let i = 0, at = 0; i < weights.length; i++, at += 4) {
      // Products, since a power of two costs ten times as much.
      const a = places[at] - keys;
      const b = places[at + 1] - length;
      const c = places[at + 2] - work;
      const d = places[at + 3] - workers;
      const far = nearest + a * a + b * b + c * c + d * d;
      weights[i] = 1 / (far * far);
    }
    return weights;
  };
}

/** Mean of the deviations by weight; `total` of the weights of those that have one, 0 where none has. */
export function deviationAt(deviations: Float64Array, weights: Float64Array, total: number): number {
  let sum = 0;
  for (let i = 0; i < deviations.length; i++) sum += weights[i] * deviations[i];
  return total === 0 ? 0 : sum / total;
}

/** Of all weights, or of those of points that are `known` (1, else 0). */
export function totalOf(weights: Float64Array, known?: Float64Array): number {
  let total = 0;
  if (known === undefined) for (let i = 0; i < weights.length; i++) total += weights[i];
  else for (let i = 0; i < weights.length; i++) total += weights[i] * known[i];
  return total;
}

/** Squared distance (a natural logarithm) within which points are the same: 10 %. */
const nearest = 0.01;
