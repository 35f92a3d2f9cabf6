import { describe, expect, it } from 'vitest';
import {
  type Cost,
  type StrategyModel,
  type SyntheticRun,
  syntheticResults,
} from '../../test/support/synthetic.js';
import { crossoversOf, crossoversOfEach } from './crossover.js';
import { linesOf } from './line.js';
import { tableOf } from './table.js';
import type { CrossoverAnalysis } from './types.js';

const strategy = (label: string, family: StrategyModel['family'], compute: Cost): StrategyModel => ({
  label,
  family,
  importNs: 0,
  compute,
});
const forLoop = strategy('for-loop', 'serial', ({ keys }) => 10_000 * keys);
const challenger = (compute: Cost) => strategy('wasm-simd', 'vectorized', compute);
const sweeps = [{ keys: [4, 8, 16, 32, 64, 128, 256] }];

function warm(run: Partial<SyntheticRun>): readonly CrossoverAnalysis[] {
  // By what `analyse` calls, and nothing else of it: hundreds of runs are asked.
  const table = tableOf(syntheticResults({ sweeps, strategies: [], ...run }), 400);
  return crossoversOf(table, 'warm', linesOf(table));
}

function shape(compute: Cost): string {
  const [found] = warm({ strategies: [forLoop, challenger(compute)], noise: { cell: 0.01 } });
  return `${found.shape}: ${found.regions.map(({ winner, from, to }) => `${winner} ${from}-${to}`).join(', ')}`;
}

describe('regions along an axis', () => {
  it('are named for the challenger', () => {
    expect(shape(({ keys }) => 5_000 * keys)).toBe('always: challenger 4-256');
    expect(shape(({ keys }) => 20_000 * keys)).toBe('never: incumbent 4-256');
    expect(shape(({ keys }) => 10_000 * keys)).toBe('same: same 4-256');
    expect(shape(({ keys }) => 110_000 + 5_000 * keys)).toBe(
      'one crossover: incumbent 4-16, challenger 32-256',
    );
  });

  it('show a band and a cache cliff as two crossovers', () => {
    expect(shape(({ keys }) => (keys >= 16 && keys <= 64 ? 5_000 : 20_000) * keys)).toBe(
      'several: incumbent 4-8, challenger 16-64, incumbent 128-256',
    );
    expect(shape(({ keys }) => (keys <= 64 ? 5_000 : 12_000) * keys)).toBe(
      'one crossover: challenger 4-64, incumbent 128-256',
    );
  });

  it('do not make a crossover of a tie on one side', () => {
    expect(shape(({ keys }) => (keys <= 32 ? 10_000 : 5_000) * keys)).toBe(
      'several: same 4-32, challenger 64-256',
    );
  });

  it('are undecided below four rounds', () => {
    const [found] = warm({ rounds: 3, strategies: [forLoop, challenger(({ keys }) => 5_000 * keys)] });
    expect(found).toMatchObject({ shape: 'undecided', crossovers: [] });
  });
});

describe('a crossover', () => {
  it('lies where two affine times meet, with an interval inside its bracket', () => {
    const strategies = [forLoop, challenger(({ keys }) => 110_000 + 5_000 * keys)];
    const [{ crossovers }] = warm({ strategies, noise: { cell: 0.01 } });
    expect(crossovers).toHaveLength(1);
    const [{ at, interval, below, bracketOnly }] = crossovers;
    expect(at).toBeCloseTo(22, 0);
    expect([below, bracketOnly]).toEqual(['incumbent', false]);
    expect(interval.low).toBeGreaterThanOrEqual(16);
    expect(interval.high).toBeLessThanOrEqual(32);
    expect(interval.high - interval.low).toBeLessThan(3);
  });

  it('has an interval that holds the truth in about 95 % of seeded sweeps', () => {
    const strategies = [forLoop, challenger(({ keys }) => 110_000 + 5_000 * keys)];
    let [held, claimed] = [0, 0];
    for (let seed = 0; seed < 200; seed++) {
      const [{ crossovers }] = warm({ strategies, seed, noise: { cell: 0.04, round: 0.05 } });
      if (crossovers.length !== 1) continue;
      claimed++;
      const [{ interval }] = crossovers;
      if (interval.low <= 22 && 22 <= interval.high) held++;
    }
    expect(claimed).toBeGreaterThan(190);
    expect(held / claimed).toBeGreaterThan(0.91);
    expect(held / claimed).toBeLessThan(0.99);
  });

  it.each([
    [
      'three points, which do not tell a straight line',
      [4, 16, 64],
      (keys: number) => 110_000 + 5_000 * keys,
    ],
    ['a time that bends', [4, 16, 64, 256], (keys: number) => 110_000 + (keys < 32 ? 5_000 : 7_000) * keys],
  ])('is only placed in its bracket on a coarse sweep of %s', (_, coarse, timeNs) => {
    const strategies = [forLoop, challenger(({ keys }) => timeNs(keys))];
    const [{ crossovers }] = warm({ strategies, sweeps: [{ keys: coarse }], noise: { cell: 0.01 } });
    expect(crossovers).toMatchObject([{ bracketOnly: true, interval: { low: 16, high: 64 } }]);
  });

  it('is placed on a coarse sweep whose points lie on straight lines', () => {
    const strategies = [forLoop, challenger(({ keys }) => 110_000 + 5_000 * keys)];
    const coarse = [{ keys: [4, 16, 64, 256] }];
    const [{ crossovers }] = warm({ strategies, sweeps: coarse, noise: { cell: 0.01 } });
    expect(crossovers).toMatchObject([{ bracketOnly: false }]);
    expect(crossovers[0].at).toBeCloseTo(22, 0);
  });

  it('is not hidden by async-tasks, which ties with for-loop where the kernel does not wait', () => {
    const tie = strategy('async-tasks', 'concurrent', ({ keys }) => 10_000 * keys);
    const strategies = [forLoop, tie, challenger(({ keys }) => 110_000 + 5_000 * keys)];
    const [cpu] = warm({ strategies, noise: { cell: 0.01 } });
    const [waiting] = warm({ strategies, noise: { cell: 0.01 }, kind: 'wait' });
    expect(cpu.regions.map(({ winner }) => winner)).toEqual(['incumbent', 'challenger']);
    expect(waiting.regions.map(({ winner }) => winner)).toEqual(['same', 'challenger']);
  });

  it('is not moved by a third strategy that never wins but comes close', () => {
    const close = strategy('another-loop', 'serial', ({ keys }) => 10_700 * keys);
    const strategies = [forLoop, close, challenger(({ keys }) => 110_000 + 5_000 * keys)];
    const [{ crossovers }] = warm({ strategies, noise: { cell: 0.03 } });
    expect(crossovers).toHaveLength(1);
    expect(crossovers[0].at).toBeGreaterThan(20);
    expect(crossovers[0].at).toBeLessThan(24);
  });

  it('of a pool is against the best single-thread strategy, not against for-loop', () => {
    const strategies = [
      forLoop,
      challenger(({ keys }) => 4_000 * keys),
      strategy('worker-threads', 'threads', ({ keys }) => 100_000 + 2_000 * keys),
    ];
    const found = warm({ strategies, noise: { cell: 0.01 } });
    const [parallel] = found.filter(({ question }) => question === 'parallel against best single-thread');
    expect(parallel.crossovers).toHaveLength(1);
    expect(parallel.crossovers[0].at).toBeGreaterThan(47);
    expect(parallel.crossovers[0].at).toBeLessThan(53);
    expect(parallel.regions[0].incumbents).toEqual(['wasm-simd']);
  });

  it('uses a bound as "slower than that"', () => {
    const [found] = warm({
      strategies: [forLoop, challenger(({ keys }) => 5_000 * keys)],
      outcome: (label, { keys }) =>
        label === 'wasm-simd' && Number(keys) >= 64
          ? { status: 'limit', limit: 'time', message: 'over 30 s', boundNs: 30e9 }
          : undefined,
    });
    expect(found.regions.map(({ winner }) => winner)).toEqual(['challenger', 'incumbent']);
    expect(found.crossovers).toMatchObject([{ bracketOnly: true, interval: { low: 32, high: 64 } }]);
  });

  it('is looked for along each axis of each sweep, everything else fixed', () => {
    const found = warm({
      strategies: [forLoop, challenger(({ keys }) => 5_000 * keys)],
      sweeps: [
        { keys: [4, 8], length: [10] },
        { keys: [8], length: [10, 20, 40] },
        { keys: [1, 2], length: [1, 2] },
      ],
    });
    expect(found.map(({ axis, fixed }) => `${axis} ${JSON.stringify(fixed)}`).sort()).toEqual([
      'keys {"length":10}',
      'keys {"length":1}',
      'keys {"length":2}',
      'length {"keys":1}',
      'length {"keys":2}',
      'length {"keys":8}',
    ]);
  });
});

describe('each pool by itself', () => {
  const pool = (label: string, perMessage: number) =>
    strategy(label, 'threads', ({ keys }) => perMessage + 5_000 * keys);
  const eachOf = (strategies: StrategyModel[]) => {
    const table = tableOf(syntheticResults({ sweeps, strategies, noise: { cell: 0.01 } }), 400);
    return crossoversOfEach(table, 'warm', linesOf(table));
  };

  it('pays from where it beats the single thread, whatever the other pools do', () => {
    const found = eachOf([forLoop, pool('cheap', 1_000), pool('middle', 110_000), pool('dear', 9e6)]);
    expect(found.map(({ strategy: label, shape: name }) => `${label}: ${name}`)).toEqual([
      'cheap: always',
      'middle: one crossover',
      'dear: never',
    ]);
    expect(found[1].crossovers[0].at).toBeGreaterThan(18);
    expect(found[1].crossovers[0].at).toBeLessThan(26);
  });

  it('is not asked of two pools, which the winners show well enough', () => {
    expect(eachOf([forLoop, pool('cheap', 1_000), pool('dear', 9e6)])).toEqual([]);
  });
});
