import { expect, it } from 'vitest';
import { holm } from './holm.js';

it("adjusts p-values as Holm's paper does, in the order given", () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  [0.03, 0.06, 0.06, 0.02].forEach((p, i) => {
    expect(adjusted[i]).toBeCloseTo(p, 12);
  });
});

it('never goes above 1 and leaves a single p as it is', () => {
  expect(holm([0.6, 0.9])).toEqual([1, 1]);
  expect(holm([0.04])).toEqual([0.04]);
  expect(holm([])).toEqual([]);
});
