import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Columns, Lists } from '../contract/dictionary.js';
import { checkColumns, packInto, toColumns, toForm, toLists } from './columns.js';
import { difference } from './compare.js';

/** Any doubles, −0, NaN and infinities among them, beside lists of small ints, empty lists and empty dictionaries. */
const numbers = fc.oneof(
  fc.array(fc.double()),
  fc.array(fc.integer()),
  fc.array(fc.constantFrom(0, -0, Number.NaN, 1, 1 / 0)),
);
const listsArbitrary: fc.Arbitrary<Lists> = fc
  .uniqueArray(fc.tuple(fc.string(), numbers), { selector: ([key]) => key })
  .map((entries) => new Map(entries));

describe('packing', () => {
  test('and unpacking gives back the same dictionary, bit for bit', () => {
    fc.assert(
      fc.property(listsArbitrary, (lists) => {
        const columns = toColumns(lists);
        checkColumns(columns);
        expect(difference(lists, toLists(columns), 'exact')).toBeUndefined();
        expect(difference(columns, toColumns(toLists(columns)), 'exact')).toBeUndefined();
      }),
    );
  });

  test('long lists, which are copied in another way, keep −0 and NaN as well', () => {
    const long = Array.from({ length: 1_000 }, (_, index) => [index / 3, -0, Number.NaN, 1 / 0][index % 4]);
    const lists: Lists = new Map([
      ['long', long],
      ['ints', long.map((_, index) => index)],
    ]);
    expect(difference(lists, toLists(toColumns(lists)), 'exact')).toBeUndefined();
  });

  test('makes fresh memory each time', () => {
    const columns = toColumns(new Map([['a', [1, 2]]]));
    const [first, second] = [toLists(columns), toLists(columns)];
    first.get('a')?.push(3);
    expect(second.get('a')).toEqual([1, 2]);
    expect(toColumns(second).values.buffer).not.toBe(toColumns(second).values.buffer);
  });
});

describe('packInto', () => {
  const lists: Lists = new Map([
    ['a', [1, 2]],
    ['b', []],
    ['c', [3]],
  ]);

  test('writes from the offset on and says where it stopped', () => {
    const values = new Float64Array(6).fill(9);
    expect(packInto(lists, values, 2)).toBe(5);
    expect([...values]).toEqual([9, 9, 1, 2, 3, 9]);
  });

  test('refuses memory that is too small for a long list, too', () => {
    const long: Lists = new Map([['a', new Array(100).fill(1)]]);
    expect(() => packInto(long, new Float64Array(99))).toThrow(
      'the lists do not fit: 99 numbers of room from offset 0',
    );
  });

  test('refuses memory that is too small instead of dropping numbers', () => {
    expect(() => packInto(lists, new Float64Array(4), 2)).toThrow(
      'the lists do not fit: 2 numbers of room from offset 2',
    );
  });
});

test('toForm returns the dictionary itself where it already has the form', () => {
  const lists: Lists = new Map([['a', [1]]]);
  expect(toForm(lists, 'lists')).toBe(lists);
  const columns = toForm(lists, 'columns');
  expect(toForm(columns, 'columns')).toBe(columns);
  expect(toForm(columns, 'lists')).toEqual(lists);
});

describe('checkColumns refuses', () => {
  const whole: Columns = {
    keys: ['a', 'b'],
    offsets: new Uint32Array([0, 1, 3]),
    values: new Float64Array(3),
  };
  test.each([
    ['too few offsets', { offsets: new Uint32Array([0, 3]) }, '2 keys need 3 offsets, not 2'],
    [
      'a first offset that is not 0',
      { offsets: new Uint32Array([1, 1, 3]) },
      'the first offset must be 0, not 1',
    ],
    ['offsets that fall', { offsets: new Uint32Array([0, 4, 3]) }, "list 'b' goes from 4 to 3"],
    [
      'values beyond the last offset',
      { values: new Float64Array(4) },
      'must be the number of values, 4, not 3',
    ],
    ['a key that appears twice', { keys: ['a', 'a'] }, "key 'a' appears twice"],
  ])('%s', (_, change, message) => {
    expect(() => checkColumns({ ...whole, ...change })).toThrow(message);
  });
});
