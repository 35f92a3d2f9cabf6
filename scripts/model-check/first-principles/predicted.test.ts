import { describe, expect, it } from 'vitest';
import type { StrategyProfile } from '../../../src/choose/choose.js';
import { madeUpProfile } from '../../../test/support/made-up-profile.js';
import { type CellQuestion, predictedNs } from './predicted.js';

const known = [1, 256].map((work) => ({ keys: 8, elements: 800, work, workers: 2 }));
const made = (strategy: string, parallel: boolean, perNumber: number, perWork: number): StrategyProfile => ({
  strategy,
  parallel,
  basis: 'formula',
  formula: [
    { kind: 'start', ns: 1_000 },
    { kind: 'element', ns: perNumber },
    { kind: 'list work', ns: perWork },
  ],
  deviations: [],
  band: 0.1,
});
const strategies = [
  made('for-loop', false, 2, 1_000),
  made('async-tasks', false, 2, 1_000),
  made('typed-array', false, 3, 1_000),
  made('worker-threads', true, 80, 500),
];
const profile = madeUpProfile(
  { known, strategies },
  { accounts: { warm: { known, strategies }, resident: { known, strategies } } },
);
const cell: CellQuestion = {
  account: 'warm',
  keys: 10,
  length: 100,
  workers: 2,
  kind: 'map',
  work: () => ({ whole: 4, more: 4 }),
};

describe('a cell from prices alone', () => {
  it('is start, numbers and work', () => {
    expect(predictedNs(profile, 'for-loop', cell)).toBeCloseTo(1_000 + 2 * 1_000 + 10 * 4 * 1_000);
    expect(predictedNs(profile, 'worker-threads', cell)).toBeCloseTo(1_000 + 80 * 1_000 + 10 * 4 * 500);
  });

  it('may have less work than was ever measured, and no less time than the kernel itself takes', () => {
    const less = (more: number) =>
      predictedNs(profile, 'for-loop', { ...cell, work: () => ({ whole: 0.05, more }) });
    expect(less(0.1)).toBeCloseTo(1_000 + 2_000 + 1_000);
    expect(less(-0.1)).toBeCloseTo(1_000 + 2_000 - 1_000);
    expect(less(-100)).toBeCloseTo(10 * 50);
  });

  it('in WebAssembly is moved as typed arrays are, with its own kernel', () => {
    const work: CellQuestion['work'] = (form) => {
      const work = form === 'wasm' ? 1 : 4;
      return { whole: work, more: work };
    };
    expect(predictedNs(profile, 'wasm-simd', { ...cell, work })).toBeCloseTo(1_000 + 3_000 + 10_000);
  });

  it('in place has no price per number but that of its own kernel', () => {
    const work: CellQuestion['work'] = () => ({ whole: 5, more: 4 });
    const resident = predictedNs(profile, 'for-loop', { ...cell, account: 'resident', work });
    expect(resident).toBeCloseTo(1_000 + 10 * 5 * 1_000);
  });

  it('that is reduced sends no numbers back', () => {
    const reduced = predictedNs(profile, 'worker-threads', { ...cell, kind: 'reduce' });
    expect(reduced).toBeCloseTo(1_000 + 80_000 / 2 + 20_000, -3);
  });

  it('that waits does so at the same time where each list has a promise', () => {
    const waiting: CellQuestion = { ...cell, kind: 'wait', work: () => ({ whole: 5_000, more: 5_000 }) };
    expect(predictedNs(profile, 'for-loop', waiting)).toBeGreaterThan(5e7);
    expect(predictedNs(profile, 'async-tasks', waiting)).toBeLessThan(5.1e6);
  });

  it('in place takes no less than memory does, where no cache holds the data', () => {
    const bandwidth = { bytes: 16_000, oneThreadBytesPerNs: 0.001, allCoresBytesPerNs: 0.002 };
    const at = (strategy: string, length: number) =>
      predictedNs({ ...profile, bandwidth }, strategy, { ...cell, account: 'resident', length });
    expect(at('for-loop', 100)).toBeCloseTo(16 * 1_000 * 1_000);
    expect(at('worker-threads', 100)).toBeCloseTo(16 * 1_000 * 500);
    expect(at('for-loop', 99)).toBeCloseTo(1_000 + 10 * 4 * 1_000);
  });

  it('of a kernel that was not calibrated is not told', () => {
    expect(predictedNs(profile, 'for-loop', { ...cell, work: () => undefined })).toBeUndefined();
  });

  it('of a strategy that was not calibrated is not told', () => {
    expect(predictedNs(profile, 'worker-threads-transfer', cell)).toBeUndefined();
    expect(predictedNs(profile, 'wasm-simd-threads', cell)).toBeUndefined();
  });
});
