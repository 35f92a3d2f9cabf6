import { expect, it } from 'vitest';
import { type StrategyModel, type SyntheticRun, syntheticResults } from '../../../test/support/synthetic.js';
import { modelsOf } from '../profile.js';
import { bandwidthOf, memoryBandwidthOf, numbersBeyondCaches } from './roof.js';
import { scalingOf } from './scaling.js';

type Shape = Parameters<NonNullable<StrategyModel['compute']>>[0];

/** 100 ns of work per number and µs of `cost`, on one thread. */
const workNs = ({ elements, point }: Shape) => 100 * elements * Number(point.cost ?? 1);
const loop: StrategyModel = { label: 'for-loop', family: 'serial', compute: workNs };

/** A pool that pays `perList` ns for each list on the main thread, and shares the work. */
function pool(perListNs: number, startNs = 0): StrategyModel {
  const workers = ({ point }: Shape) => Number(point.workers ?? 2);
  return {
    label: 'worker-threads',
    family: 'threads',
    place: () => 500,
    collect: () => 500,
    compute: (shape) => workNs(shape) / workers(shape),
    run: (shape) => startNs + perListNs * shape.keys + workNs(shape) / workers(shape),
  };
}

function scaled(run: Partial<SyntheticRun>, bandwidth?: { bytesPerNs: number; run: string }) {
  const made = syntheticResults({
    strategies: [loop, pool(1_000)],
    sweeps: [{}],
    keys: 16,
    length: 100,
    ...run,
  });
  const { scenario } = made.header;
  const kernel = { ...scenario.kernel, options: { cost: 1 } };
  const results = { ...made, header: { ...made.header, scenario: { ...scenario, kernel } } };
  const [only] = scalingOf(results, modelsOf(results), { draws: 400, ...(bandwidth ? { bandwidth } : {}) });
  return only;
}

/** The value lies in the interval, and the interval is narrow enough to mean it. */
function near(answer: ReturnType<typeof scaled>['ceiling']['answer'], truth: number) {
  if (answer.kind === 'unknown') throw new Error(answer.because.kind);
  const { interval } = answer.estimate;
  expect(interval?.low).toBeLessThan(truth);
  expect(interval?.high).toBeGreaterThan(truth);
  expect((interval?.high ?? 0) / (interval?.low ?? 1)).toBeLessThan(2);
}

it('COST is the least count of workers that surely beats one thread, and what was not tried below it may', () => {
  // 16 lists of 10 µs: 160 µs on one thread; pools pay 96 µs and share: 256, 176, 136 µs.
  const run = { strategies: [loop, pool(6_000)], sweeps: [{ workers: [1, 2, 4] }] };
  expect(scaled(run).cost).toEqual({ kind: 'workers', workers: 4, low: 3 });
});

it.each([
  ['the next smaller one surely loses', [1, 2], { workers: 2, low: 2 }],
  ['no smaller one was tried', [2], { workers: 2, low: 1 }],
])('COST: how few workers may do where %s', (_where, workers, cost) => {
  // 160 µs on one thread; pools pay 16 µs and share: 176, 96 µs.
  expect(scaled({ strategies: [loop, pool(1_000)], sweeps: [{ workers }] }).cost).toEqual({
    kind: 'workers',
    ...cost,
  });
});

it('COST is unbounded up to the most workers that were tried, where none beats one thread', () => {
  expect(scaled({ strategies: [loop, pool(20_000)], sweeps: [{ workers: [1, 2, 4] }] }).cost).toEqual({
    kind: 'unbounded',
    upTo: 4,
  });
});

it('break-even work is what the pool pays, and its share of the work, in one', () => {
  // With two workers: 1 µs per list and half the work, equal at 2 µs per list, 20 ns per number.
  // Of few processes of a pool it is not known that none is slow as a whole.
  const { workNeeded } = scaled({ sweeps: [{ workers: [2] }], rounds: 40 });
  near(workNeeded.perListNs, 2_000);
  near(workNeeded.perElementNs, 20);
});

it('the ceiling is the work over what the main thread does for it, where three counts of workers tell', () => {
  const sweeps = [{ keys: [16, 64, 256], length: [100, 400], workers: [1, 2, 4] }];
  const { ceiling } = scaled({ strategies: [loop, pool(4_000)], sweeps, workers: undefined });
  expect(ceiling.from).toBe('formula');
  // 400 numbers are 40 µs of work, and 4 µs of it are the main thread's.
  near(ceiling.answer, 10);
});

it('two counts of workers give a bound at most: the longest stretch for which the main thread was blocked', () => {
  const { ceiling } = scaled({ strategies: [loop, pool(5_000)], sweeps: [{ workers: [1, 2] }] });
  expect(ceiling).toMatchObject({ from: 'stall', answer: { kind: 'known' } });
});

it('METG is found where efficiency passes one half, per size of the data', () => {
  // Half efficiency on two workers is a tie: 1 µs per list and half the work are the work at 2 µs, in core time 4 µs.
  const { metg } = scaled({ sweeps: [{ workers: [2], cost: [0.1, 0.18, 0.22, 0.4] }] });
  expect(metg).toHaveLength(1);
  expect(metg[0]).toMatchObject({ payloadBytes: 800, workers: 2 });
  near(metg[0].answer, 4_000);
});

it.each([
  ['all too small', [0.01, 0.02]],
  ['all large enough', [10, 20]],
])('METG: %s', (kind, cost) => {
  const [only] = scaled({ sweeps: [{ workers: [2], cost }] }).metg;
  expect(only.answer).toEqual({ kind: 'unknown', because: { kind } });
});

it('METG refuses a next smaller task that was measured less often', () => {
  const made = syntheticResults({
    strategies: [loop, pool(1_000)],
    sweeps: [{ workers: [2], cost: [0.1, 0.18, 0.22, 0.4] }],
    keys: 16,
    length: 100,
  });
  const below = made.header.cells
    .filter(({ point, strategy }) => point.cost === 0.18 && strategy === 'worker-threads')
    .map(({ id }) => id);
  const kernel = { ...made.header.scenario.kernel, options: { cost: 1 } };
  const header = { ...made.header, scenario: { ...made.header.scenario, kernel } };
  const records = made.records.filter(({ cell, round }) => !(below.includes(cell) && round > 2));
  const results = { ...made, header, records };
  const [only] = scalingOf(results, modelsOf(results), { draws: 400 });
  expect(only.metg[0].answer).toMatchObject({ because: { kind: 'smaller one cut off' } });
});

it('METG refuses an efficiency that cannot be', () => {
  const magic: StrategyModel = {
    ...pool(0),
    run: (shape) => (Number(shape.point.cost) < 1 ? 1e6 : workNs(shape) / 8),
  };
  const [only] = scaled({ strategies: [loop, magic], sweeps: [{ workers: [2], cost: [0.1, 2] }] }).metg;
  expect(only.answer).toMatchObject({
    because: { kind: 'impossible efficiency', share: expect.closeTo(4, 0) },
  });
});

it('the share of memory bandwidth is told against a run beyond the caches, and not told without one', () => {
  const host = { caches: [{ name: 'L2', bytes: 2 ** 20 }] };
  const large = syntheticResults({ strategies: [loop], sweeps: [{ length: [1_000_000] }], keys: 2, host });
  // 16 bytes per 100 ns.
  expect(bandwidthOf(large)?.bytesPerNs).toBeCloseTo(0.16, 2);
  const small = syntheticResults({ strategies: [loop], sweeps: [{ length: [100] }], keys: 2, host });
  expect(bandwidthOf(small)).toBeUndefined();
  expect(scaled({}).roof).toEqual({
    kind: 'unknown',
    because: { kind: 'no bandwidth' },
  });
  // Two workers: 16 bytes per 50 ns.
  const other = { bytesPerNs: 0.64, run: 'other' };
  const tiny = { caches: [{ name: 'L1', bytes: 1_024 }] };
  expect(scaled({ host: tiny }, other).bandwidth).toEqual(other);
  near(scaled({ host: tiny }, other).roof, 0.5);
});

it('the share of computing is told against the best single thread on as many cores', () => {
  // Two workers take 60 % of the time of one thread: 83 % of two.
  const uneven: StrategyModel = { ...pool(1_000), compute: (shape) => 0.6 * workNs(shape) };
  const packed: StrategyModel = {
    ...loop,
    label: 'typed-array',
    family: 'vectorized',
    place: () => 0,
    collect: () => 0,
  };
  near(scaled({ strategies: [loop, packed, uneven] }).compute, 1 / 1.2);
  expect(scaled({ strategies: [loop, uneven] }).compute).toMatchObject({ kind: 'unknown' });
});

it('no share is told of data that fits into the caches', () => {
  // 16 lists of 100 numbers, 16 bytes each.
  const host = { caches: [{ name: 'L2', bytes: 16_384 }] };
  expect(scaled({ host }, { bytesPerNs: 0.01, run: 'other' }).roof).toEqual({
    kind: 'unknown',
    because: { kind: 'fits into caches' },
  });
});

it('a machine that does not say how large its caches are is thought to have those of a server', () => {
  const of = (length: number) =>
    bandwidthOf(syntheticResults({ strategies: [loop], sweeps: [{ length: [length] }], keys: 2 }));
  expect(of(4_000_000)).toBeUndefined();
  expect(of(5_000_000)).toBeDefined();
});

it('a profile keeps what one thread moves past the caches, and what all of them do', () => {
  const host = { caches: [{ name: 'L2', bytes: 2 ** 20 }] };
  const of = (length: number) =>
    memoryBandwidthOf(
      syntheticResults({
        strategies: [loop, pool(0)],
        sweeps: [{ length: [length], workers: [1, 2] }],
        keys: 1,
        host,
        noise: { cell: 0, sample: 0 },
      }),
    );
  const length = numbersBeyondCaches(host);
  const seen = of(length);
  expect(seen?.bytes).toBe(16 * length);
  expect(seen?.oneThreadBytesPerNs).toBeCloseTo(0.16, 2);
  expect(seen?.allCoresBytesPerNs).toBeCloseTo(0.32, 2);
  expect(of(length - 1)).toBeUndefined();
});

it('what the kernel says it moves counts before what its kind lets guess', () => {
  const host = { caches: [{ name: 'L2', bytes: 2 ** 20 }] };
  const made = syntheticResults({ strategies: [loop], sweeps: [{ length: [1_000_000] }], keys: 2, host });
  const cells = made.header.cells.map((cell) => ({ ...cell, work: { flops: 0, bytes: 8 * cell.elements } }));
  // 8 bytes per 100 ns.
  expect(bandwidthOf({ ...made, header: { ...made.header, cells } })?.bytesPerNs).toBeCloseTo(0.08, 2);
});
