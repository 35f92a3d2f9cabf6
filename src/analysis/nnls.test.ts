import { expect, it } from 'vitest';
import { seededRandom } from '../results/random.js';
import { nnls } from './nnls.js';

it('finds coefficients that are all positive as least squares would', () => {
  const rows = [
    [1, 1],
    [1, 2],
    [1, 4],
  ];
  const { coefficients, active } = nnls(
    rows,
    rows.map(([one, x]) => 3 * one + 2 * x),
  );
  expect(coefficients[0]).toBeCloseTo(3, 9);
  expect(coefficients[1]).toBeCloseTo(2, 9);
  expect(active.toSorted()).toEqual([0, 1]);
});

it('leaves at 0 what would come out negative', () => {
  // y = x − 1: the best line without a negative start goes through the origin.
  const { coefficients } = nnls(
    [
      [1, 2],
      [1, 3],
      [1, 5],
    ],
    [1, 2, 4],
  );
  expect(coefficients[0]).toBe(0);
  expect(coefficients[1]).toBeCloseTo((2 * 1 + 3 * 2 + 5 * 4) / (4 + 9 + 25), 9);
});

it('takes one of two columns that say the same', () => {
  const { coefficients } = nnls(
    [
      [1, 2],
      [2, 4],
      [3, 6],
    ],
    [2, 4, 6],
  );
  expect(coefficients[0] + 2 * coefficients[1]).toBeCloseTo(2, 9);
});

it('has a gradient of zero at what is above 0, and none that would help at what is not', () => {
  const random = seededRandom(7);
  for (let trial = 0; trial < 200; trial++) {
    const rows = Array.from({ length: 12 }, () =>
      Array.from({ length: 5 }, () => 10 ** (4 * random.uniform())),
    );
    const target = rows.map((row) => row.reduce((sum, x, j) => sum + (j - 2) * x, 0));
    const { coefficients } = nnls(rows, target);
    const errors = rows.map((row, i) => target[i] - row.reduce((sum, x, j) => sum + x * coefficients[j], 0));
    for (const [j, c] of coefficients.entries()) {
      expect(c).toBeGreaterThanOrEqual(0);
      const length = Math.hypot(...rows.map((row) => row[j])) * Math.hypot(...target);
      const gradient = rows.reduce((sum, row, i) => sum + row[j] * errors[i], 0) / length;
      expect(c > 0 ? Math.abs(gradient) : gradient).toBeLessThan(1e-6);
    }
  }
});
