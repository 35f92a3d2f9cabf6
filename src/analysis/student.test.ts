import { describe, expect, it } from 'vitest';
import { tQuantile, twoSidedP } from './student.js';

describe("Student's t", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
  it.each([
    [1, 0.95, 12.7062],
    [2, 0.95, 4.30265],
    [3, 0.95, 3.18245],
    [4, 0.99, 4.60409],
    [7, 0.95, 2.36462],
    [10, 0.9, 1.81246],
    [19, 0.95, 2.09302],
    [100, 0.95, 1.98397],
  ])('has the quantile of the table for %i degrees of freedom at %f', (df, level, expected) => {
    expect(tQuantile(level, df)).toBeCloseTo(expected, 4);
  });

  it('has p-values that invert its quantiles, far out too', () => {
    expect(twoSidedP(2.36462, 7)).toBeCloseTo(0.05, 6);
    // Closed form for two degrees of freedom: P(|T| > t) = 1 − t / sqrt(2 + t²).
    expect(twoSidedP(30, 2) / (1 - 30 / Math.sqrt(902))).toBeCloseTo(1, 10);
    expect(twoSidedP(0, 5)).toBe(1);
    expect(twoSidedP(Number.POSITIVE_INFINITY, 5)).toBe(0);
  });
});
