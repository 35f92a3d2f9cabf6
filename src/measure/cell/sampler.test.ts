import { afterEach, describe, expect, test } from 'vitest';
import { type SeriesRequest, type SteadyRequest, sampleSeries, steadySeries } from './sampler.js';
import { HeapWatch } from './usage.js';

const { gc } = globalThis;
afterEach(() => {
  globalThis.gc = gc;
});

/** Collections that were forced since. */
function countForced(): () => number {
  let forced = 0;
  globalThis.gc = Object.assign(() => {
    forced++;
  }, {}) as unknown as typeof gc;
  return () => forced;
}

const held: unknown[] = [];

/** A call that says it takes so long, and makes garbage. */
function callOf(ns: number) {
  const calls: number[] = [];
  const timed = async (passes: number) => {
    calls.push(passes);
    held.length = 0;
    held.push(new Array(200_000).fill(0.5));
    return ns * passes;
  };
  return { timed, calls };
}

const usual = { guessNs: 2e6, sampleMs: 20, warmupMs: 1, least: { short: 5, middle: 2 } } as const;

function steady(timed: SeriesRequest['timed'], changes: Partial<SteadyRequest> = {}) {
  return steadySeries({ ...usual, isForeign: true, timed, first: () => {}, ...changes });
}

describe('a steady series', () => {
  test('forces no collection, where calls without garbage force one before each', async () => {
    const forced = countForced();
    await steady(callOf(2e6).timed);
    expect(forced()).toBe(0);
    await sampleSeries({ ...usual, timed: callOf(2e6).timed });
    expect(forced()).toBeGreaterThan(0);
  });

  test('has other calls before it, in which the heap settles', async () => {
    const { timed, calls } = callOf(2e6);
    const { samplesNs, passes, warmupCalls, meanNs } = await steady(timed);
    expect(passes).toBe(1);
    expect(samplesNs.length).toBeGreaterThanOrEqual(5);
    expect(calls.length).toBe(warmupCalls + samplesNs.length);
    expect(warmupCalls).toBeGreaterThan(3);
    expect(meanNs).toBeCloseTo(2e6);
  });

  test('of short calls keeps a thousand samples at most, of many calls each', async () => {
    const { passes } = await steady(callOf(100).timed, { guessNs: 100, sampleMs: 200 });
    expect(passes).toBe(2_000);
  });

  test('of calls that take seconds is as short as may be, and has nothing before it', async () => {
    const { timed, calls } = callOf(2e9);
    const { samplesNs, warmupCalls } = await steady(timed, { guessNs: 2e9, sampleMs: 0 });
    expect(samplesNs).toEqual([2e9]);
    expect(warmupCalls).toBe(0);
    expect(calls).toEqual([1]);
  });

  test('takes the whole time by its calls, where the clock is ours', async () => {
    const began = process.hrtime.bigint();
    const { samplesNs, meanNs } = await steady(callOf(2e6).timed, { isForeign: false });
    const wholeNs = Number(process.hrtime.bigint() - began);
    expect(meanNs * samplesNs.length).toBeLessThan(wholeNs);
    expect(meanNs).toBeGreaterThan(0);
  });

  test('hands out its first answer before a call counts', async () => {
    const { timed, calls } = callOf(2e6);
    const seen: number[] = [];
    await steady(timed, { first: () => void seen.push(calls.length) });
    expect(seen).toEqual([1]);
  });
});

describe('a heap between calls', () => {
  /** Looked at once a millisecond, holding so many MiB. */
  function watchOf(heldMiB: readonly number[]): HeapWatch {
    let at = 0;
    const watch = new HeapWatch(() => heldMiB[at++] * 2 ** 20);
    watch.begin(0);
    for (let look = 1; look < heldMiB.length; look++) watch.look(look * 1e6);
    return watch;
  }

  test.each([
    ['makes next to no garbage', [10, 10.1, 10.2, 10.3], false],
    ['makes garbage that nobody has collected so far', [10, 14, 18, 22], true],
    ['was collected twice', [10, 20, 10, 20, 10], true],
    ['was collected three times', [10, 20, 10, 20, 10, 20, 10], false],
  ])('that %s', (_, held, between) => {
    expect(watchOf(held).isBetweenCollections).toBe(between);
  });
});
