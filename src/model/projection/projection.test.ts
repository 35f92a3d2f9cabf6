import { describe, expect, it } from 'vitest';
import { type StrategyModel, syntheticResults } from '../../results/synthetic.js';
import { modelsOf, profileOf } from '../profile.js';
import { keysPerShard, limitsOf } from './limits.js';
import { type ProjectionQuestion, project } from './projection.js';

/** 8 ns to move a number, 2 ns to compute it on each worker. */
const strategies: readonly StrategyModel[] = [
  {
    label: 'for-loop',
    family: 'serial',
    place: () => 500,
    collect: () => 500,
    compute: ({ elements }) => 3 * elements,
  },
  {
    label: 'worker-threads',
    family: 'threads',
    place: ({ elements }) => 4 * elements,
    collect: ({ elements }) => 4 * elements,
    compute: ({ elements, workers }) => (2 * elements) / workers,
  },
];
const results = syntheticResults({
  strategies,
  sweeps: [{ keys: [1, 2, 4, 8], length: [10_000, 100_000, 1_000_000] }],
  noise: { cell: 0.001, sample: 0.001 },
});
const profile = profileOf(results, modelsOf(results));

function ask(changes: Partial<ProjectionQuestion> = {}) {
  const { keys = 1e6, length = 1e6 } = changes;
  return project(profile, {
    keys,
    length,
    work: 1,
    bytes: 8 * keys * length,
    memoryBytes: 24e9,
    cores: [2, 16],
    storageBytesPerNs: 2,
    ...changes,
  });
}

const named = (strategy: string) => {
  const found = ask().strategies.find((one) => one.strategy === strategy);
  if (found === undefined) throw new Error(`no ${strategy}`);
  return found;
};

describe('a projection', () => {
  it('takes each strategy far beyond what was measured, at what a number costs it there', () => {
    expect(named('for-loop').ns / 1e12).toBeCloseTo(3, 1);
    expect(named('worker-threads').ns / 1e12).toBeCloseTo(9, 1);
    expect((named('worker-threads').movingNs ?? 0) / 1e12).toBeCloseTo(8, 1);
  });

  it('gives pools two bounds for other counts of cores, and a single thread one', () => {
    const [two, sixteen] = named('worker-threads').byCores;
    expect(two.lowNs).toBeCloseTo(two.highNs, -9);
    // 16 cores leave the 8 ns of moving; the pessimistic bound is what two take. A number takes 1 ns of memory at least.
    expect(sixteen.highNs / 1e12).toBeCloseTo(9, 1);
    expect(sixteen.lowNs / 1e12).toBeCloseTo(9, 0);
    for (const { lowNs, highNs } of named('for-loop').byCores) expect(lowNs).toBe(highNs);
  });

  it('cuts what memory cannot hold into shards that take a quarter of it', () => {
    const { shards, shardKeys, limits } = ask();
    // 8 MB per list and as much for its answers, in 6 GB.
    expect(shardKeys).toBe(375);
    expect(shards).toBe(2_667);
    expect(limits.map(({ kind }) => kind)).toEqual(['memory', 'heap', 'wasm']);
    expect(ask({ keys: 10 })).toMatchObject({ shards: 1, limits: [] });
  });

  it('says what takes longer by reference: reading, or computing', () => {
    // 8 TB at 2 GB/s.
    expect((ask().byReference?.readNs ?? 0) / 1e12).toBeCloseTo(4, 5);
    const [two] = ask({ storageBytesPerNs: 100, roofNsPerNumber: 0.1 }).byReference?.byCores ?? [];
    expect(two.computeNs / 1e12).toBeCloseTo(1.5, 1);
    expect(two.ns).toBe(two.computeNs);
    expect(ask().hourOfReading).toBeCloseTo(9e11, -9);
  });

  it('refuses a list that takes more than a quarter of the memory', () => {
    expect(() => ask({ keys: 1, length: 1e9 })).toThrow(
      'a single list and its answers take more than a quarter',
    );
  });
});

describe('what cannot be held at once', () => {
  const size = { keys: 10, length: 10, from: 'lists' as const, bytes: 800, memoryBytes: 1e9 };

  it.each([
    ['nothing', {}, []],
    ['too many keys', { keys: 2e7 }, ['map']],
    ['too long a list', { length: 2e8 }, ['list']],
    ['too many numbers in columns', { keys: 1e4, length: 1e6, from: 'columns' as const }, ['offsets']],
    ['more than memory', { bytes: 6e8 }, ['memory']],
    ['more than a heap', { bytes: 3e9, memoryBytes: 1e11 }, ['heap', 'wasm']],
  ])('%s', (_what, changes, kinds) => {
    expect(limitsOf({ ...size, ...changes }).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('a shard keeps to the entries of a Map and the offsets of columns', () => {
    expect(keysPerShard({ ...size, keys: 1e8, bytes: 8e9, memoryBytes: 1e13 })).toBe(2 ** 24);
    expect(keysPerShard({ ...size, keys: 1e4, length: 1e6, from: 'columns', memoryBytes: 1e13 })).toBe(4_294);
  });
});
