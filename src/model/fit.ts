import { nnls } from '../analysis/nnls.js';
import { tQuantile } from '../analysis/student.js';
import type { Interval } from '../analysis/types.js';
import { type Coefficient, type Term, termValue } from '../choose/choose.js';
import type { Observation } from './observation.js';

export interface FittedCoefficient {
  readonly coefficient: Coefficient;
  /** 95 %; absent where there are no more points than coefficients. */
  readonly interval?: Interval;
  /** Both together, in ns per unit of the term. */
  readonly cost: { readonly value: number; readonly interval?: Interval };
}

/**
 * Coefficients that are not negative, by least squares on the RELATIVE error: on an absolute scale the largest cell
 * would decide alone, and a formula that is right for seconds would be wrong by factors for microseconds.
 */
export function fit(terms: readonly Term[], observations: readonly Observation[]): FittedCoefficient[] {
  const rows = observations.map(({ shape, ns }) => terms.map((term) => termValue(term, shape) / ns));
  const { coefficients, active, inverse } = nnls(
    rows,
    observations.map(() => 1),
  );
  const errors = rows.map((row) => 1 - row.reduce((sum, value, j) => sum + value * coefficients[j], 0));
  const free = observations.length - active.length;
  const variance = errors.reduce((sum, error) => sum + error ** 2, 0) / free;
  return active
    .map((i, at) => ({
      i,
      half: free > 0 ? tQuantile(0.95, free) * Math.sqrt(variance * inverse[at][at]) : Number.NaN,
    }))
    .sort((a, b) => a.i - b.i)
    .map(({ i, half }) => {
      const ns = coefficients[i];
      const interval = Number.isNaN(half)
        ? {}
        : { interval: { low: Math.max(0, ns - half), high: ns + half } };
      return { coefficient: { ...terms[i], ns }, ...interval, cost: { value: ns, ...interval } };
    });
}
