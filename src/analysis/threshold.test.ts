import { describe, expect, it } from 'vitest';
import { bestThreshold, lossOf } from './threshold.js';

const line = (challengerNs: readonly number[]) =>
  challengerNs.map((ns, i) => ({ value: 2 ** i, challengerNs: ns, incumbentNs: 100 }));

describe('one threshold in place of the map', () => {
  it('loses nothing where there is a single crossover', () => {
    expect(bestThreshold(line([200, 150, 50, 40]))).toEqual({ from: 4, above: 'challenger', loss: 0 });
  });

  it('loses nothing where one side always wins', () => {
    expect(bestThreshold(line([50, 50])).loss).toBe(0);
    expect(bestThreshold(line([200, 200])).loss).toBe(0);
  });

  it('loses the smaller part of a band', () => {
    const { from, above, loss } = bestThreshold(line([200, 50, 50, 120]));
    expect([from, above]).toEqual([2, 'challenger']);
    expect(loss).toBeCloseTo(0.2 / 4);
  });

  it('can be judged by other times than it was found from', () => {
    expect(lossOf(line([200, 50]), 1, 'challenger')).toBeCloseTo(1 / 2);
  });
});
