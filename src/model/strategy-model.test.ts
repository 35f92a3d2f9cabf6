import { describe, expect, it } from 'vitest';
import { following, observedGrid } from '../../test/support/model-observations.js';
import { modelOf } from './strategy-model.js';

const caches = [
  { name: 'L1', bytes: 32_768 },
  { name: 'L2', bytes: 2 ** 21 },
];

describe('a formula that the times follow', () => {
  it('is found, coefficient by coefficient', () => {
    const truth = following([
      { kind: 'start', ns: 2_000 },
      { kind: 'key', ns: 30 },
      { kind: 'element', ns: 1.7 },
    ]);
    const model = modelOf(observedGrid(truth), caches);
    expect(model.verdict).toBe('fits');
    expect(model.coefficients.map(({ coefficient }) => coefficient.kind)).toEqual([
      'start',
      'key',
      'element',
    ]);
    const found = model.coefficients.map(({ coefficient }) => coefficient.ns);
    for (const [i, ns] of [2_000, 30, 1.7].entries()) expect(found[i]).toBeCloseTo(ns, 6);
    // What runs differ by is left.
    expect(model.band).toBeCloseTo(Math.expm1(0.1));
  });

  it('tells work per list from work per number', () => {
    const grid = { keys: [8, 128], lengths: [20, 2_000], works: [1, 16, 256] };
    const perList = following([
      { kind: 'start', ns: 500 },
      { kind: 'list work', ns: 900 },
    ]);
    const perNumber = following([
      { kind: 'start', ns: 500 },
      { kind: 'element work', ns: 1.3 },
    ]);
    const kinds = (timeNs: typeof perList) =>
      modelOf(observedGrid(timeNs, grid), caches).coefficients.map(({ coefficient }) => coefficient.kind);
    expect(kinds(perList)).toContain('list work');
    expect(kinds(perNumber)).toContain('element work');
  });

  it('tells what workers share from what the main thread does, once three counts were measured', () => {
    const truth = following([
      { kind: 'start', ns: 50_000 },
      { kind: 'element', ns: 20 },
      { kind: 'shared element', ns: 400 },
    ]);
    const model = modelOf({ ...observedGrid(truth, { workers: [1, 2, 4] }), parallel: true }, caches);
    const ns = Object.fromEntries(
      model.coefficients.map(({ coefficient }) => [coefficient.kind, coefficient.ns]),
    );
    expect(ns.element).toBeCloseTo(20, 4);
    expect(ns['shared element']).toBeCloseTo(400, 4);
  });

  it('has no term for workers where they change nothing, or where there are none', () => {
    const truth = following([{ kind: 'element', ns: 20 }]);
    for (const parallel of [true, false]) {
      const model = modelOf({ ...observedGrid(truth, { workers: [1, 2, 4] }), parallel }, caches);
      expect(model.coefficients.map(({ coefficient }) => coefficient.kind)).toEqual(['element']);
    }
  });
});

it('two prices per number are told as two regimes, with the cache that they part at', () => {
  const split = 2 ** 21 / 16;
  const truth = following([
    { kind: 'key', ns: 30 },
    { kind: 'element below', split, ns: 1 },
    { kind: 'element beyond', split, ns: 9 },
  ]);
  const model = modelOf(observedGrid(truth), caches);
  expect(model.verdict).toBe('fits in two regimes');
  expect(model.because).toEqual({ kind: 'split', split: { bytes: 2 ** 21, near: 'L2' } });
});

it('lists so long that V8 makes memory of their own for each have another price, however many numbers there are', () => {
  const truth = following([
    { kind: 'start', ns: 300 },
    { kind: 'element', ns: 2 },
    { kind: 'element of lists beyond', split: 16_384, ns: 5 },
  ]);
  const grid = observedGrid(truth, { keys: [4, 32, 2_000], lengths: [10, 1_000, 10_000, 100_000] });
  const model = modelOf(grid, caches);
  expect(model.verdict).toBe('fits');
  const ns = Object.fromEntries(
    model.coefficients.map(({ coefficient }) => [coefficient.kind, coefficient.ns]),
  );
  expect(ns.element).toBeCloseTo(2, 6);
  expect(ns['element of lists beyond']).toBeCloseTo(5, 6);
});

it('a jump between two sizes is rejected as one, though two prices come near to the measured points', () => {
  const model = modelOf(
    observedGrid(({ elements }) => 300 + 5 * elements * (elements > 1_500 ? 2 : 1)),
    caches,
  );
  expect(model.verdict).toBe('rejected');
  expect(model.because).toMatchObject({ kind: 'jump', factor: 2 });
});

it('times without a rule are rejected, with how far off the formula was', () => {
  const model = modelOf(
    observedGrid(({ elements }) => elements * (Math.floor(Math.log2(elements) / 2) % 2 === 0 ? 1 : 3)),
    caches,
  );
  expect(model.verdict).toBe('rejected');
  expect(model.because).toMatchObject({
    kind: 'off',
    share: expect.any(Number),
    inTwo: { share: expect.any(Number) },
  });
  expect(model.band).toBeGreaterThanOrEqual(0.5);
});

it('a few points are no formula', () => {
  const model = modelOf(
    observedGrid(({ elements }) => elements, { keys: [8], lengths: [10, 100, 1_000] }),
    caches,
  );
  expect(model.verdict).toBe('too few points');
  expect(model.because).toEqual({ kind: 'few points', points: 3, needed: 5 });
});
