import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lists } from '../contract/dictionary.js';
import { toColumns } from './columns.js';
import { checksum, difference, ulpsApart } from './compare.js';

const lists = (): Lists =>
  new Map([
    ['a', [1, 2, 3]],
    ['b', []],
    ['c', [-0, Number.NaN, 1 / 0]],
  ]);
const columns = () => toColumns(lists());

describe('no difference', () => {
  test('between equal dictionaries, NaN, −0 and infinities included', () => {
    expect(difference(lists(), lists(), 'exact')).toBeUndefined();
    expect(difference(columns(), columns(), 'exact')).toBeUndefined();
    expect(difference(lists(), lists(), { ulps: 4 })).toBeUndefined();
    expect(difference(new Map(), new Map(), 'exact')).toBeUndefined();
  });

  test('between numbers as far apart as was agreed', () => {
    expect(difference(new Map([['a', [0.3]]]), new Map([['a', [0.1 + 0.2]]]), { ulps: 1 })).toBeUndefined();
    expect(difference(new Map([['a', [0]]]), new Map([['a', [-0]]]), { ulps: 1 })).toBeUndefined();
  });
});

describe('not a dictionary', () => {
  test.each([
    ['undefined', undefined, 'not a dictionary: expected lists (a Map), got undefined'],
    ['null', null, 'got null'],
    ['a Promise', Promise.resolve(lists()), 'got a Promise: was an await forgotten?'],
    ['a plain object', { a: [1, 2, 3] }, 'got a plain object with keys a'],
    ['an array', [1], 'got Array'],
    ['a function', () => lists(), 'got a function'],
    ['the other form', columns(), 'wrong form: expected lists (a Map), got columns'],
  ])('%s', (_, actual, message) => {
    expect(difference(lists(), actual, 'exact')).toContain(message);
  });

  test.each([
    ['lists', lists(), 'wrong form: expected columns (keys, offsets and values), got lists (a Map)'],
    [
      'values in float32',
      { ...columns(), values: new Float32Array(6) },
      'expected a Float64Array of values, got Float32Array',
    ],
    [
      'offsets in an array',
      { ...columns(), offsets: [0, 3, 3, 6] },
      'expected a Uint32Array of offsets, got Array',
    ],
    [
      'values cut short',
      { ...columns(), values: new Float64Array(5) },
      'got 4 entries from 0 to 6 for 5 values',
    ],
    [
      'other lengths',
      { ...columns(), offsets: new Uint32Array([0, 2, 3, 6]) },
      "key 'a': expected a list of 3, got one of 2",
    ],
  ])('where columns were expected: %s', (_, actual, message) => {
    expect(difference(columns(), actual, 'exact')).toContain(message);
  });
});

describe('a difference names the key, the index, and what was expected and got', () => {
  const expected: Lists = new Map([
    ['a', [1, 2, 3]],
    ['b', [0]],
  ]);
  const answer = (a: unknown, b: unknown = [0]) =>
    new Map([
      ['a', a],
      ['b', b],
    ]);
  test.each([
    ['another number', answer([1, 2, 4]), "key 'a', index 2: expected 3, got 4"],
    ['−0 for 0', answer([1, 2, 3], [-0]), "key 'b', index 0: expected 0, got -0"],
    ['NaN', answer([1, Number.NaN, 3]), "key 'a', index 1: expected 2, got NaN"],
    ['text', answer([1, '2', 3]), "key 'a', index 1: expected 2, got '2'"],
    ['null', answer([1, null, 3]), "key 'a', index 1: expected 2, got null"],
    ['undefined', answer([1, undefined, 3]), "key 'a', index 1: expected 2, got undefined"],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    ['a hole', answer([1, , 3]), "key 'a', index 1: expected 2, got a hole"],
    ['a shorter list', answer([1, 2]), "key 'a': expected a list of 3, got one of 2"],
    ['a longer list', answer([1, 2, 3, 4]), "key 'a': expected a list of 3, got one of 4"],
    [
      'a typed array',
      answer(new Float64Array([1, 2, 3])),
      "key 'a': expected an array of numbers, got Float64Array",
    ],
    ['no list', answer(undefined), "key 'a': expected an array of numbers, got undefined"],
    ['a missing key', new Map([['a', [1, 2, 3]]]), "missing key 'b': expected 2 keys, got 1"],
    ['an extra key', answer([1, 2, 3]).set('z', []), "extra key 'z': expected 2 keys, got 3"],
    [
      'a renamed key',
      new Map([
        ['a', [1, 2, 3]],
        ['B', [0]],
      ]),
      "missing key 'b': expected 2 keys, got 2",
    ],
    [
      'swapped keys',
      new Map([
        ['b', [0]],
        ['a', [1, 2, 3]],
      ]),
      "wrong order of keys: place 0 is 'a', got 'b'",
    ],
  ])('%s', (_, actual, message) => {
    expect(difference(expected, actual, 'exact')).toBe(message);
  });

  test('and by how many ulps, where some are allowed', () => {
    const message = difference(new Map([['a', [1]]]), new Map([['a', [1 + 3 * Number.EPSILON]]]), {
      ulps: 2,
    });
    expect(message).toBe(
      "key 'a', index 0: expected 1, got 1.0000000000000007, 3 ulps apart (at most 2 allowed)",
    );
  });

  test('keys of columns may appear twice only by mistake', () => {
    const twice = { ...columns(), keys: ['a', 'b', 'c', 'c'] };
    expect(difference(columns(), twice, 'exact')).toBe("key 'c' appears twice: expected 3 keys, got 4");
  });
});

test.each([
  [1, 1, 0],
  [1, 1 + Number.EPSILON, 1],
  [0, -0, 0],
  [Number.MIN_VALUE, -Number.MIN_VALUE, 2],
  [Number.NaN, Number.NaN, 0],
  [Number.NaN, 1, 1 / 0],
  [Number.MAX_VALUE, 1 / 0, 1],
])('from %d to %d it is %d ulps', (a, b, ulps) => {
  expect(ulpsApart(a, b)).toBe(ulps);
  expect(ulpsApart(b, a)).toBe(ulps);
});

describe('a checksum', () => {
  test('is the same for an unchanged dictionary', () => {
    expect(checksum(lists())).toBe(checksum(lists()));
    expect(checksum(columns())).toBe(checksum(columns()));
    expect(checksum(lists())).toMatch(/^[0-9a-f]{16}$/);
  });

  test.each<[string, (changed: Lists) => unknown]>([
    ['a number', (changed) => changed.set('a', [1, 2, 4])],
    ['a last bit', (changed) => changed.set('a', [1, 2, 3 + 4 * Number.EPSILON])],
    ['the sign of 0', (changed) => changed.set('c', [0, Number.NaN, 1 / 0])],
    ['two numbers swapped', (changed) => changed.set('a', [2, 1, 3])],
    ['a length', (changed) => changed.set('a', [1, 2, 3, 0])],
    ['a number moved to the next list', (changed) => changed.set('a', [1, 2]).set('b', [3])],
    ['a key', (changed) => changed.delete('c') && changed.set('d', [-0, Number.NaN, 1 / 0])],
    ['the order of keys', (changed) => changed.delete('a') && changed.set('a', [1, 2, 3])],
  ])('sees %s', (_, change) => {
    const changed = lists();
    change(changed);
    expect(checksum(changed)).not.toBe(checksum(lists()));
    expect(checksum(toColumns(changed))).not.toBe(checksum(columns()));
  });

  test('sees any one changed number', () => {
    const numbers = fc.array(fc.double({ noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, fc.nat(), fc.double({ noNaN: true }), (list, at, other) => {
        const index = at % list.length;
        fc.pre(!Object.is(list[index], other));
        expect(checksum(new Map([['a', list.with(index, other)]]))).not.toBe(
          checksum(new Map([['a', list]])),
        );
      }),
    );
  });
});
