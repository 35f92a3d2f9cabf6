import { describe, expect, it } from 'vitest';
import { type StrategyModel, syntheticResults } from '../../test/support/synthetic.js';
import type { KernelCosts } from '../choose/choose.js';
import { kernelCostsOf, kernelNs } from './kernel-costs.js';

/** 20 ns for each list, 3 per number and step. */
const model = (label: string, perNumber: number): StrategyModel => ({
  label,
  family: 'serial',
  place: () => 500,
  collect: () => 500,
  compute: ({ elements, point }) => {
    const keys = Number(point.keys);
    return keys * 20 + elements * perNumber * Number(point.steps ?? 1);
  },
});
const noise = { cell: 0, sample: 0 };
const strategies = [model('for-loop', 3), model('wasm-simd', 1), model('wasm-simd-threads', 1)];

describe('what a kernel takes for one list', () => {
  const costs = kernelCostsOf(
    syntheticResults({ strategies, sweeps: [{ keys: [8], length: [1, 64, 4_096] }], noise }),
  );

  it('is told by the form in which the single threads hold their lists', () => {
    expect(new Set(costs.costs.map(({ form }) => form))).toEqual(new Set(['list', 'wasm']));
    expect(costs.workOption).toBeUndefined();
    expect(kernelNs(costs, { form: 'list', length: 64, work: 1 })).toBeCloseTo(20 + 3 * 64, 0);
    expect(kernelNs(costs, { form: 'typed', length: 64, work: 1 })).toBeUndefined();
  });

  it('lies on a straight line between the lengths that were measured', () => {
    expect(kernelNs(costs, { form: 'list', length: 1_000, work: 1 })).toBeCloseTo(20 + 3_000, -1);
    expect(kernelNs(costs, { form: 'wasm', length: 8, work: 1 })).toBeCloseTo(28, 0);
  });

  it('goes on beyond them with what a number costs in the longest, and is never less than the shortest', () => {
    const longest = 20 + 3 * 4_096;
    expect(kernelNs(costs, { form: 'list', length: 40_960, work: 1 })).toBeCloseTo(10 * longest, -2);
    expect(kernelNs(costs, { form: 'list', length: 0.5, work: 1 })).toBeCloseTo(23, 0);
  });
});

describe('of a kernel whose work can be set', () => {
  const made = (steps: number, lengths: readonly number[]) =>
    lengths.map((length) => ({ form: 'list' as const, length, work: steps, ns: 20 + 3 * length * steps }));
  const costs: KernelCosts = {
    workOption: 'steps',
    costs: [...made(1, [8, 512, 65_536]), ...made(256, [8, 512])],
  };
  const at = (length: number, work: number) => kernelNs(costs, { form: 'list', length, work }) ?? 0;

  it('a step costs what the next one does, between those that were measured and beyond them', () => {
    expect(at(512, 16)).toBeCloseTo(20 + 3 * 512 * 16);
    expect(at(512, 1_024)).toBeCloseTo(20 + 3 * 512 * 1_024);
  });

  it('lists too long for much work are told from what a number costs in shorter ones', () => {
    expect(at(65_536, 256) / (3 * 65_536 * 256)).toBeCloseTo(1, 2);
  });

  it('the option is found in the run, and its values are the work', () => {
    const kernel = { id: 'sqrt-chain', title: 'steps', kind: 'map' as const, options: { steps: 16 } };
    const swept = syntheticResults({
      strategies,
      sweeps: [{ keys: [8], length: [64], steps: [1, 256] }],
      noise,
    });
    const { header } = swept;
    const found = kernelCostsOf({
      ...swept,
      header: { ...header, scenario: { ...header.scenario, kernel } },
    });
    expect(found.workOption).toBe('steps');
    expect(kernelNs(found, { form: 'list', length: 64, work: 16 })).toBeCloseTo(20 + 3 * 64 * 16, -1);
  });
});
