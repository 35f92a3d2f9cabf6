import { describe, expect, it } from 'vitest';
import { madeUpProfile } from '../../../test/support/made-up-profile.js';
import { type StrategyModel, syntheticResults } from '../../../test/support/synthetic.js';
import { choose, type StrategyProfile } from '../../choose/choose.js';
import { modelsOf, profileOf } from '../profile.js';
import { cutFor, limitsOf } from './limits.js';
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

const question: ProjectionQuestion = {
  keys: 1e6,
  length: 1e6,
  work: 1,
  bytes: 8e12,
  memoryBytes: 24e9,
  cores: [2, 16],
  storageBytesPerNs: 2,
};

function ask(changes: Partial<ProjectionQuestion> = {}) {
  const asked = { ...question, ...changes };
  return project(profile, { ...asked, bytes: changes.bytes ?? 8 * asked.keys * asked.length });
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
    // The pessimistic bound is what two take.
    expect(sixteen.highNs / 1e12).toBeCloseTo(9, 1);
    // Two workers took 1.6 times the time from the processor: 0.6 of it was spent beside the main thread.
    expect(sixteen.lowNs / sixteen.highNs).toBeCloseTo(1 - 0.6 + (0.6 * 2) / 16, 1);
    for (const { lowNs, highNs } of named('for-loop').byCores) expect(lowNs).toBe(highNs);
  });

  it('cuts what memory cannot hold into shards that take a quarter of it', () => {
    const { shards, shardKeys, limits } = ask();
    // 8 MB per list and as much for its answers, in 6 GB for 16 processes.
    expect(shardKeys).toBe(23);
    expect(shards).toBe(43_479);
    expect(limits.map(({ kind }) => kind)).toEqual(['memory', 'heap', 'wasm']);
    expect(ask({ keys: 10, cores: [1] })).toMatchObject({ shards: 1, limits: [] });
    // Ten lists are work for ten processes, however many cores there are.
    expect(ask({ keys: 10 })).toMatchObject({ shards: 10, atOnce: 10, limits: [] });
  });

  it('says what takes longer by reference: reading, or computing', () => {
    // 8 TB at 2 GB/s.
    expect((ask().byReference?.readNs ?? 0) / 1e12).toBeCloseTo(4, 5);
    const [two] = ask({ storageBytesPerNs: 100, roofNsPerNumber: 0.1 }).byReference?.byCores ?? [];
    expect(two.computeNs / 1e12).toBeCloseTo(1.5, 1);
    expect(two.ns).toBe(two.computeNs);
    expect(ask().hourOfReading).toBeCloseTo(9e11, -9);
  });

  it('takes the roof from a run that is named, else from the bandwidth in the profile, and has none else', () => {
    const bandwidth = { bytes: 2 ** 28, oneThreadBytesPerNs: 10, allCoresBytesPerNs: 20 };
    const known = { ...profile, bandwidth };
    expect(project(known, { ...question, roofNsPerNumber: 0.1 }).roof).toEqual({
      nsPerNumber: 0.1,
      from: 'run',
    });
    expect(project(known, question).roof).toEqual({ nsPerNumber: 0.8, from: 'profile' });
    expect(ask().roof).toEqual({ nsPerNumber: 0, from: 'unknown' });
  });

  it('does not let more cores take a number through memory faster than the roof', () => {
    const slow = { ...profile, bandwidth: { bytes: 2 ** 28, oneThreadBytesPerNs: 8, allCoresBytesPerNs: 8 } };
    const [, sixteen] = project(slow, ask().question).byReference?.byCores ?? [];
    // 16 bytes at 8 per ns, 10¹² times; without the roof it would be a sixteenth of 3 ns.
    expect(sixteen.computeNs / 1e12).toBeCloseTo(2, 1);
  });

  it('refuses a list that takes more than a quarter of the memory', () => {
    expect(() => ask({ keys: 1, length: 1e9 })).toThrow(
      'a single list and its answers take more than a quarter',
    );
  });
});

describe('a projection of work', () => {
  const known = [1, 16, 256].flatMap((work) =>
    [32, 256].map((keys) => ({ keys, elements: keys * 10, work, workers: 2 })),
  );
  const strategy = (one: Partial<StrategyProfile>): StrategyProfile => ({
    strategy: 'for-loop',
    parallel: false,
    basis: 'formula',
    formula: [{ kind: 'list work', ns: 1_000 }],
    deviations: [],
    band: 0.2,
    ...one,
  });
  const pool = (formula: StrategyProfile['formula']) =>
    strategy({
      strategy: 'worker-threads',
      parallel: true,
      basis: 'interpolation',
      formula,
      // Measured: 100 µs to begin with, and half of the work.
      deviations: known.map((shape) => {
        const told = formula.reduce(
          (ns, one) => ns + one.ns * (one.kind === 'element' ? shape.elements : 1),
          0,
        );
        return Math.log((100_000 + 500 * shape.keys * shape.work) / told);
      }),
    });
  const nsOf = (
    work: number,
    { keys = 1e4, length = 10, formula = [{ kind: 'element', ns: 50 }] as StrategyProfile['formula'] } = {},
  ) => {
    const warm = { known, strategies: [strategy({}), pool(formula)] };
    const { strategies: all, caveats } = project(madeUpProfile(warm, { workOption: 'cost' }), {
      keys,
      length,
      work,
      bytes: 8 * keys * length,
      memoryBytes: 24e9,
      cores: [2],
      storageBytesPerNs: 2,
    });
    const found = (name: string) => all.find((one) => one.strategy === name)?.ns ?? Number.NaN;
    return { loop: found('for-loop'), pool: found('worker-threads'), caveats };
  };

  it('is along the line where the work was measured', () => {
    expect(nsOf(256).pool / 1e9).toBeCloseTo(1.28, 2);
    expect(nsOf(256).caveats).toEqual([]);
  });

  it('without a formula is no less than its share of what one thread takes, where its own does not see the work', () => {
    const { loop: single, pool: two, caveats } = nsOf(1_024);
    expect(single / 1e9).toBeCloseTo(10.24, 2);
    expect(two).toBeCloseTo(single / 2, -3);
    expect(caveats).toEqual([{ kind: 'outside', axis: 'work', asked: 1_024, low: 1, high: 256, factor: 4 }]);
  });

  it('between two measured amounts keeps to one of them, and goes on from there', () => {
    // 64 is as far from 16 as from 256.
    expect(nsOf(64).pool).toBeGreaterThanOrEqual(nsOf(64).loop / 2);
    expect(nsOf(64).pool).toBeLessThanOrEqual(nsOf(256).pool);
  });

  it('counts the keys, where lists are shorter than the measured ones', () => {
    const short = nsOf(256, { keys: 1e5, length: 1 });
    expect(short.pool).toBeGreaterThanOrEqual(short.loop / 2);
  });

  it('is refused far outside of what was measured', () => {
    expect(() => nsOf(1e4)).toThrow(
      /^work 10,000 µs lies 39\.1 times outside of what .* \(work 1 to 256 µs\)/,
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
    const keysOf = (changes: Partial<typeof size>) =>
      cutFor(1, { ...size, memoryBytes: 1e13, ...changes }).shardKeys;
    expect(keysOf({ keys: 1e8, bytes: 8e9 })).toBe(2 ** 24);
    expect(cutFor(1, { ...size, keys: 1e4, length: 1e6, from: 'columns', memoryBytes: 1e13 }).shardKeys).toBe(
      4_294,
    );
  });

  it('each process holds a shard of its own, as many of them as a quarter of memory has room for', () => {
    // 100 bytes per key, and as much for its answers: a quarter of 8,000 bytes holds ten keys.
    const held = (processes: number) =>
      cutFor(processes, { ...size, keys: 1e4, bytes: 1e6, memoryBytes: 8_000 });
    expect(held(1)).toEqual({ shardKeys: 10, atOnce: 1 });
    expect(held(3)).toEqual({ shardKeys: 3, atOnce: 3 });
    expect(held(64)).toEqual({ shardKeys: 1, atOnce: 10 });
    expect(cutFor(2, { ...size, bytes: 1e6, memoryBytes: 8_000 })).toEqual({ shardKeys: 0, atOnce: 0 });
  });

  it('fewer processes than cores compute where memory has no room for more', () => {
    const [, sixteen] = ask({ memoryBytes: 4 * 4 * 16e6, storageBytesPerNs: 100 }).byReference?.byCores ?? [];
    expect(ask({ memoryBytes: 4 * 4 * 16e6 }).atOnce).toBe(4);
    expect(sixteen.computeNs / 1e12).toBeCloseTo(3 / 4, 1);
  });

  it('nothing smaller than what was measured is projected, nor from a single size', () => {
    expect(() => ask({ keys: 1, length: 1_000 })).toThrow(
      /^1,000 numbers are less than what was measured \(10,000 at least\)/,
    );
    const { known = [], strategies: all = [] } = profile.accounts.warm ?? {};
    const one = known.filter(({ elements }) => elements === 10_000);
    const warm = { known: one, strategies: all.map((each) => ({ ...each, deviations: [] })) };
    expect(() => project({ ...profile, accounts: { warm } }, question)).toThrow(
      /^one size was measured alone/,
    );
  });

  it('within what was measured it says what choose says', () => {
    const { strategies: told } = ask({ keys: 3, length: 200_000 });
    const chosen = choose(profile, { keys: 3, length: 200_000 });
    expect(told[0].strategy).toBe(chosen.strategy);
    expect(told[0].ns).toBeCloseTo(chosen.expectedNs, 5);
  });
});
