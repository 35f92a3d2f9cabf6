import { describe, expect, it } from 'vitest';
import { differenceOf, moderated, pDiffers, pSlowerBeyond, ratioEstimate } from './difference.js';

const base = Float64Array.of(1, 1.1, 0.9, 1.05, 0.95);
const head = Float64Array.of(1.2, 1.32, 1.1, 1.24, 1.14);

describe('the difference of two cells', () => {
  it('is taken round by round where both were measured in one job: what a round did to both cancels', () => {
    const paired = differenceOf(base, head, 'interleaved');
    const welch = differenceOf(base, head, 'separate');
    expect(paired.log).toBeCloseTo(0.2);
    expect(welch.log).toBeCloseTo(0.2);
    expect(paired.error).toBeLessThan(welch.error / 5);
    expect(paired.df).toBe(4);
  });

  it('has Satterthwaite’s degrees of freedom between two runs, rounded down', () => {
    // Equal variances and numbers give n₁ + n₂ − 2.
    expect(
      differenceOf(
        base,
        Float64Array.from(base, (x) => x + 1),
        'separate',
      ).df,
    ).toBe(8);
    // One side without noise: its rounds add nothing.
    expect(differenceOf(base, Float64Array.of(2, 2, 2, 2, 2), 'separate').df).toBe(4);
  });

  it('skips rounds that one side lacks', () => {
    const holes = Float64Array.of(1.2, Number.NaN, 1.1, 1.24, 1.14);
    expect(differenceOf(base, holes, 'interleaved').rounds).toBe(4);
  });

  it('below four rounds has no interval and decides nothing', () => {
    const few = differenceOf(base.subarray(0, 3), head.subarray(0, 3), 'interleaved');
    expect(ratioEstimate(few).interval).toBeUndefined();
    expect(pDiffers(few)).toBe(1);
    expect(pSlowerBeyond(few, 0.05)).toBe(1);
  });

  it('is beyond a limit only where it surely is', () => {
    const paired = differenceOf(base, head, 'interleaved');
    expect(pSlowerBeyond(paired, 0.1)).toBeLessThan(0.001);
    expect(pSlowerBeyond(paired, 0.22)).toBeGreaterThan(0.05);
    expect(pSlowerBeyond(paired, 0.3)).toBe(1);
    expect(pSlowerBeyond({ ...paired, log: -1 }, 0)).toBe(1);
  });

  it('without any noise is what it is', () => {
    const flat = differenceOf(Float64Array.of(1, 1, 1, 1), Float64Array.of(1.2, 1.2, 1.2, 1.2), 'separate');
    expect(pSlowerBeyond(flat, 0.05)).toBe(0);
    expect(pDiffers({ ...flat, log: 0 })).toBe(1);
  });
});

describe('a moderated error', () => {
  const of = (error: number) => ({ log: 0, error, df: 4, rounds: 5 });

  it('lies between its own and that of its group, with more degrees of freedom', () => {
    const [small, , , , large] = moderated([0.01, 0.02, 0.02, 0.02, 0.04].map(of));
    expect(small.error).toBeGreaterThan(0.01);
    expect(small.error).toBeLessThan(0.02);
    expect(large.error).toBeLessThan(0.04);
    expect(large.error).toBeGreaterThan(0.02);
    expect(small.df).toBeGreaterThan(6);
  });

  it('hardly leaves its own where those of its group differ widely', () => {
    const [small] = moderated([0.001, 0.01, 0.1, 1, 10].map(of));
    expect(small.error).toBeLessThan(0.005);
    expect(small.df).toBeLessThanOrEqual(5);
  });

  it('is its own where two or fewer are known, or where it is not', () => {
    expect(moderated([of(0.1)])).toEqual([of(0.1)]);
    expect(moderated([of(0.1), of(0.2), of(Number.NaN)])[2].error).toBeNaN();
    expect(moderated([of(0.1), of(0.2), of(0.2), of(Number.NaN)])[3].error).toBeNaN();
  });
});
