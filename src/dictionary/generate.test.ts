import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { checkColumns, toColumns } from './columns.js';
import { checksum, difference } from './compare.js';
import { type DictionarySpec, generate } from './generate.js';

const spec: DictionarySpec = { keys: 5, length: 4, skew: 'equal', values: 'ints', seed: 1 };

describe('the same seed gives the same bytes on every platform', () => {
  // Recorded on Node 20, x64. A change here makes every results file of the past incomparable: say so in the changelog.
  test.each([
    [{ ...spec }, '61e03fe0dc423f6e'],
    [{ ...spec, values: 'doubles' }, '17bdc7e8f7f4dc30'],
    [{ ...spec, keys: 100, length: 50, skew: 1.1 }, '67b3985ba7ac6aed'],
    [{ ...spec, keys: 100, length: 50, skew: 0.7, values: 'doubles', seed: 2 ** 40 + 3 }, '5277dd91c56b27f9'],
  ] as const)('%o → %s', (recorded, digest) => {
    expect(checksum(generate(recorded as DictionarySpec, 'lists'))).toBe(digest);
  });

  test('another seed gives other numbers, also where only the high half of the seed differs', () => {
    const digests = [1, 2, 2 ** 32 + 1].map((seed) => checksum(generate({ ...spec, seed }, 'columns')));
    expect(new Set(digests).size).toBe(3);
  });
});

describe('numbers', () => {
  test('ints are whole, in [0, 1000), and every one of them comes up', () => {
    const { values } = generate({ ...spec, keys: 1, length: 100_000 }, 'columns');
    expect(values.every((x) => Number.isInteger(x) && x >= 0 && x < 1000)).toBe(true);
    expect(new Set(values).size).toBe(1000);
  });

  test('doubles are in [0, 1000), never whole, with many digits, and evenly spread', () => {
    const { values } = generate({ ...spec, keys: 1, length: 100_000, values: 'doubles' }, 'columns');
    expect(values.every((x) => x >= 0 && x < 1000 && !Number.isInteger(x))).toBe(true);
    const digits = values.reduce((sum, x) => sum + String(x).length, 0) / values.length;
    expect(digits).toBeGreaterThan(16);
    const tenths = new Array(10).fill(0);
    for (const x of values) tenths[Math.floor(x / 100)]++;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});

describe('lengths', () => {
  test('keys are key1, key2, … and every list has the length asked for', () => {
    const lists = generate(spec, 'lists');
    expect([...lists.keys()]).toEqual(['key1', 'key2', 'key3', 'key4', 'key5']);
    expect([...lists.values()].map((list) => list.length)).toEqual([4, 4, 4, 4, 4]);
  });

  test.each([0.5, 1, 1.3, 2, 8, 16])(
    'with skew %d they add up to keys × length, none empty, longest first by rank',
    (skew) => {
      const lengths = [...generate({ ...spec, keys: 300, length: 20, skew }, 'lists').values()].map(
        (list) => list.length,
      );
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(6_000);
      expect(Math.min(...lengths)).toBeGreaterThanOrEqual(1);
      // After the one element that every list gets, the ratio of the two longest is 2^skew.
      const [first, second] = lengths.sort((a, b) => b - a);
      expect(Math.abs((second - 1) * 2 ** skew - (first - 1))).toBeLessThanOrEqual(1.01 * 2 ** skew + 1);
    },
  );

  test('one element per list leaves nothing to skew', () => {
    const lists = generate({ ...spec, keys: 50, length: 1, skew: 1 }, 'lists');
    expect([...lists.values()].every((list) => list.length === 1)).toBe(true);
  });

  test('which of two ranks comes first does not depend on the number of keys', () => {
    const ranks = (keys: number) => {
      const lists = [...generate({ ...spec, keys, length: 10_000, skew: 1 }, 'lists').values()];
      const sorted = lists.map((list) => list.length).sort((a, b) => b - a);
      return lists.map((list) => sorted.indexOf(list.length));
    };
    expect(ranks(16).filter((rank) => rank < 8)).toEqual(ranks(8));
    expect(ranks(8)).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});

test.each(['ints', 'doubles'] as const)('lists and columns of one spec hold the same %s', (values) => {
  for (const skew of ['equal', 1.2] as const) {
    const both = { ...spec, keys: 40, length: 30, skew, values };
    const columns = generate(both, 'columns');
    checkColumns(columns);
    expect(difference(columns, toColumns(generate(both, 'lists')), 'exact')).toBeUndefined();
  }
});

test('lists are packed to V8: small ints or doubles from the first element on', () => {
  const script = `
    const { generate } = await import(${JSON.stringify(new URL('./generate.js', import.meta.url).href)});
    const { toColumns, toLists } = await import(${JSON.stringify(new URL('./columns.js', import.meta.url).href)});
    const kind = (list) => (%HasSmiElements(list) ? 'ints' : %HasDoubleElements(list) ? 'doubles' : 'objects') + (%HasHoleyElements(list) ? ' holey' : '');
    for (const values of ['ints', 'doubles']) for (const [keys, length, skew] of [[100, 10, 'equal'], [2, 300000, 'equal'], [50, 100, 1], [9, 1, 'equal']]) {
      const lists = generate({ keys, length, skew, values, seed: 3 }, 'lists');
      for (const made of [lists, toLists(toColumns(lists))]) for (const list of made.values()) if (kind(list) !== values) console.log(values, keys, length, kind(list));
    }`;
  const node = ['--allow-natives-syntax', '--input-type=module', '-e', script];
  expect(execFileSync(process.execPath, node, { encoding: 'utf8' })).toBe('');
});

describe('a spec out of range is refused with axis, value and range', () => {
  test.each([
    [
      { keys: 0 },
      'keys 0: it must be a whole number above 0, and at most 2^24 (16,777,216), the most keys that a Map can hold',
    ],
    [
      { keys: -4 },
      'keys -4: it must be a whole number above 0, and at most 2^24 (16,777,216), the most keys that a Map can hold',
    ],
    [
      { keys: 2 ** 24 + 1 },
      'keys 16777217: it must be a whole number above 0, and at most 2^24 (16,777,216), the most keys that a Map can hold',
    ],
    [{ length: 1.5 }, 'length 1.5: it must be a whole number above 0, and below 2^32'],
    [{ length: Number.NaN }, 'length NaN: it must be a whole number above 0, and below 2^32'],
    [{ length: '7' }, "length '7': it must be a whole number above 0, and below 2^32"],
    [{ skew: 0 }, 'skew 0: it must be equal, or a Zipf exponent above 0 and at most 16, like 1.1'],
    [{ skew: 'zipf' }, "skew 'zipf': it must be equal, or a Zipf exponent above 0 and at most 16, like 1.1"],
    [{ skew: Number.NaN }, 'skew NaN: it must be equal, or a Zipf exponent above 0 and at most 16, like 1.1'],
    [{ values: 'floats' }, "values 'floats': it must be ints or doubles"],
    [{ seed: -1 }, 'seed -1: it must be a whole number from 0 to 2^53 − 1'],
    [
      { keys: 65_536, length: 65_536 },
      'more than the 2^32 − 1 that a dictionary can hold; at 65536 keys length may be at most 65535',
    ],
    [
      { keys: 100, length: 2 ** 24, skew: 2 },
      'length 16777216 with skew 2 makes a list of 1026139463, more than the 134217725 numbers that V8 can hold in one array',
    ],
    [
      { keys: 1, length: 2 ** 27 },
      'length 134217728 is more than the 134217725 numbers that V8 can hold in one array',
    ],
  ])('%o', (wrong, message) => {
    const make = () => generate({ ...spec, ...wrong } as DictionarySpec, 'lists');
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});
