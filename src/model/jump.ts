import type { Term } from '../choose/choose.js';
import { heldOutErrors, rootMeanSquare, rowsLeftOut } from './held-out.js';
import type { Observation } from './observation.js';

/** All numbers cost so many times as much from a size on: a cliff, where two prices per number would be a bend. */
export interface Jump {
  /** Numbers. */
  readonly split: number;
  readonly factor: number;
  /** Root mean square on held-out rows, log scale. */
  readonly error: number;
}

/** Between what noise hides and what no cache does. */
const factors = [1 / 4, 1 / 3, 1 / 2, 2 / 3, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 6];

/** The cliff that explains the observations best: they follow one formula once what lies beyond it is divided by it. */
export function bestJump(
  candidates: readonly (readonly Term[])[],
  observations: readonly Observation[],
  splits: readonly number[],
): Jump | undefined {
  const jumps = splits.flatMap((split) =>
    factors.map((factor): Jump => {
      const level = observations.map((one) =>
        one.shape.elements > split ? { ...one, ns: one.ns / factor } : one,
      );
      const rows = rowsLeftOut(level, candidates);
      const errors = candidates.map((terms) => rootMeanSquare(heldOutErrors(terms, level, 'formula', rows)));
      return { split, factor, error: Math.min(...errors) };
    }),
  );
  return jumps.reduce<Jump | undefined>(
    (best, one) => (best === undefined || one.error < best.error ? one : best),
    undefined,
  );
}
