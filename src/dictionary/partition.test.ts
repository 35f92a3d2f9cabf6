import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toColumns } from './columns.js';
import { lengthsOf, longestFirst, partition } from './partition.js';

const lengthsArbitrary = fc.array(fc.oneof(fc.nat(20), fc.nat(10_000), fc.constant(0)), { maxLength: 200 });
const chunkArbitrary = fc.oneof(fc.constantFrom('key', 'balanced'), fc.integer({ min: 1, max: 300 }));
const workersArbitrary = fc.integer({ min: 1, max: 64 });

test('the ranges cover every key once, in order, and none is empty', () => {
  fc.assert(
    fc.property(lengthsArbitrary, chunkArbitrary, workersArbitrary, (lengths, chunk, workers) => {
      let next = 0;
      for (const { from, to } of partition(lengths, chunk, workers)) {
        expect(from).toBe(next);
        expect(to).toBeGreaterThan(from);
        next = to;
      }
      expect(next).toBe(lengths.length);
    }),
  );
});

describe('balanced', () => {
  test('a range of several keys holds no more than its share, and two neighbours together hold more', () => {
    fc.assert(
      fc.property(lengthsArbitrary, workersArbitrary, (lengths, workers) => {
        const sum = (from: number, to: number) =>
          lengths.slice(from, to).reduce((total, length) => total + length, 0);
        const share = Math.ceil(sum(0, lengths.length) / (4 * workers));
        const ranges = partition(lengths, 'balanced', workers);
        for (const { from, to } of ranges)
          if (to - from > 1) expect(sum(from, to)).toBeLessThanOrEqual(share);
        for (let i = 1; i < ranges.length; i++)
          expect(sum(ranges[i - 1].from, ranges[i].to)).toBeGreaterThan(share);
        expect(ranges.length).toBeLessThanOrEqual(8 * workers + 1);
      }),
    );
  });

  test('equal lists make four ranges per worker', () => {
    expect(partition(new Array(800).fill(10), 'balanced', 2)).toHaveLength(8);
  });

  test('no range has more keys than are asked for, however short their lists are', () => {
    const lengths = new Array(10_000).fill(0);
    const sizes = partition(lengths, 'balanced', 1, 4_096).map(({ from, to }) => to - from);
    expect(sizes).toEqual([4_096, 4_096, 1_808]);
    expect(partition(lengths, 'balanced', 1)).toHaveLength(1);
  });

  test('a giant list is a range of its own', () => {
    expect(partition([1, 1, 100, 1, 1], 'balanced', 1)).toEqual([
      { from: 0, to: 2 },
      { from: 2, to: 3 },
      { from: 3, to: 5 },
    ]);
  });

  test('lists that are all empty make one range', () => {
    expect(partition([0, 0, 0], 'balanced', 2)).toEqual([{ from: 0, to: 3 }]);
  });
});

describe('handed out', () => {
  test('the giants come first, longest first, and the others stay in key order', () => {
    const lengths = [1, 2, 90, 1, 2, 100, 1, 1, 1, 1, 1, 1];
    const froms = longestFirst(partition(lengths, 'key', 2), lengths).map(({ from }) => from);
    expect(froms).toEqual([5, 2, 0, 1, 3, 4, 6, 7, 8, 9, 10, 11]);
  });

  test('they are the same ranges', () => {
    fc.assert(
      fc.property(lengthsArbitrary, chunkArbitrary, workersArbitrary, (lengths, chunk, workers) => {
        const ranges = partition(lengths, chunk, workers);
        expect(new Set(longestFirst(ranges, lengths))).toEqual(new Set(ranges));
      }),
    );
  });
});

test.each(['key', 'balanced', 3] as const)('an empty dictionary has no ranges by %s', (chunk) => {
  expect(partition([], chunk, 2)).toEqual([]);
});

test('a number makes ranges of so many keys, the last one shorter', () => {
  expect(partition([5, 5, 5, 5, 5], 2, 1)).toEqual([
    { from: 0, to: 2 },
    { from: 2, to: 4 },
    { from: 4, to: 5 },
  ]);
});

test.each([0, -1, 1.5, Number.NaN])('%d keys per range, or workers, are refused', (wrong) => {
  expect(() => partition([1], wrong, 1)).toThrow(`chunk must be a whole number from 1, not ${wrong}`);
  expect(() => partition([1], 'balanced', wrong)).toThrow(
    `workers must be a whole number from 1, not ${wrong}`,
  );
});

test('lengths are the same from both forms', () => {
  const lists = new Map([
    ['a', [1, 2, 3]],
    ['b', []],
    ['c', [4]],
  ]);
  expect([...lengthsOf(lists)]).toEqual([3, 0, 1]);
  expect([...lengthsOf(toColumns(lists))]).toEqual([3, 0, 1]);
});
