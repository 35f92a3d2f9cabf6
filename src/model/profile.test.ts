import { describe, expect, it } from 'vitest';
import { type StrategyModel, type SyntheticRun, syntheticResults } from '../../test/support/synthetic.js';
import { choose } from '../choose/choose.js';
import { modelsOf, profileOf } from './profile.js';

const sweeps = [{ keys: [4, 32, 256], length: [10, 100, 1_000, 10_000] }];

/** Below 20,000 numbers nobody is faster, and no formula fits it. */
const loop: StrategyModel = {
  label: 'for-loop',
  family: 'serial',
  compute: ({ elements }) => elements * (Math.floor(Math.log2(elements) / 2) % 2 === 0 ? 1 : 2.5),
};
const simd: StrategyModel = {
  label: 'wasm-simd',
  family: 'vectorized',
  compute: ({ elements }) => 50_000 + 0.2 * elements,
};

function measured(strategies: readonly StrategyModel[], run: Partial<SyntheticRun> = {}) {
  const results = syntheticResults({ strategies, sweeps, noise: { cell: 0.01 }, ...run });
  const models = modelsOf(results);
  return { models, profile: profileOf(results, models) };
}

describe('a for-loop that no formula fits', () => {
  const { models, profile } = measured([loop, simd]);

  it('is rejected', () => {
    const warm = models.find(({ account }) => account === 'warm');
    expect(warm?.models.map(({ strategy, verdict }) => [strategy, verdict])).toEqual([
      ['for-loop', 'rejected'],
      ['wasm-simd', 'fits'],
    ]);
  });

  it('stays in the profile with a wide band', () => {
    const [one] = profile.accounts.warm?.strategies ?? [];
    expect(one).toMatchObject({ strategy: 'for-loop', basis: 'interpolation' });
    expect(one.band).toBeGreaterThanOrEqual(0.5);
  });

  it('is chosen where it was measured to be the fastest, and not elsewhere', () => {
    for (const { keys, elements } of profile.accounts.warm?.known ?? []) {
      const shape = { keys, elements, length: elements / keys, point: {}, workers: 2 };
      const best = loop.compute(shape) < simd.compute(shape) ? 'for-loop' : 'wasm-simd';
      expect([elements, choose(profile, { keys, length: elements / keys }).strategy]).toEqual([
        elements,
        best,
      ]);
    }
  });

  it('is told exactly at the points where it was measured', () => {
    const { expectedNs } = choose(profile, { keys: 4, length: 10 });
    expect(Math.abs(Math.log(expectedNs / 40))).toBeLessThan(0.05);
  });
});

it('a strategy that failed somewhere is left out, with the reason', () => {
  const { models, profile } = measured([loop, simd], {
    outcome: (strategy, point) =>
      strategy === 'wasm-simd' && point.length === 10
        ? { status: 'wrong', message: 'key k1: expected 1, got 2' }
        : undefined,
  });
  expect(models[1].failed).toEqual([{ strategy: 'wasm-simd', reason: 'key k1: expected 1, got 2' }]);
  expect(profile.accounts.warm?.strategies.map(({ strategy }) => strategy)).toEqual(['for-loop']);
});

it('an axis that no formula knows leaves a run without formulas', () => {
  const { models } = measured([loop], { sweeps: [{ ...sweeps[0], skew: ['equal', 1] }] });
  expect(models).toEqual([]);
});

it('a profile survives being written and read', () => {
  const { profile } = measured([loop, simd]);
  const read = JSON.parse(JSON.stringify(profile));
  const question = { keys: 100, length: 50 };
  expect(choose(read, question)).toEqual(choose(profile, question));
});

it('a program with data of its own is a ruler: it has a formula, and is no choice', () => {
  const ruler: StrategyModel = {
    label: 'native-serial',
    family: 'external',
    program: 'C',
    compute: ({ elements }) => 0.01 * elements,
  };
  const { models, profile } = measured([loop, simd, ruler]);
  expect(models[1].models.map(({ strategy }) => strategy)).toContain('native-serial');
  expect(JSON.stringify(profile)).not.toContain('native-serial');
  expect(profile.leastNsPerNumber).toBeGreaterThan(0.15);
});
