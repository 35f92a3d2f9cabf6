import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { toColumns } from './columns.js';
import { readColumnsFile, writeColumnsFile } from './columns-file.js';
import { difference } from './compare.js';
import { generate } from './generate.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-columns-'));
const path = join(folder, 'data.columns');
afterAll(() => rmSync(folder, { recursive: true }));

const small = toColumns(
  new Map([
    ['ä', [1, -0, Number.NaN]],
    ['', []],
    ['"c"\n', [1 / 0, 5e-324]],
  ]),
);

test('a columns file gives back the same columns: odd keys, empty lists, −0 and NaN included', () => {
  writeColumnsFile(path, small);
  expect(difference(small, readColumnsFile(path), 'exact')).toBeUndefined();
});

test('a file without keys is whole', () => {
  writeColumnsFile(path, toColumns(new Map()));
  expect(readColumnsFile(path)).toEqual({
    keys: [],
    offsets: new Uint32Array(1),
    values: new Float64Array(0),
  });
});

test('values have a buffer of their own, so that sending them does not send the file', () => {
  writeColumnsFile(path, small);
  expect(readColumnsFile(path).values.buffer.byteLength).toBe(small.values.byteLength);
});

describe('limits', () => {
  const columns = generate({ keys: 20, length: 200, skew: 1, values: 'doubles', seed: 4 }, 'columns');
  const firstOf = (keys: number, length: number) =>
    toColumns(
      new Map(
        columns.keys.slice(0, keys).map((key, index) => {
          const list = columns.values.subarray(columns.offsets[index], columns.offsets[index + 1]);
          return [key, [...list.subarray(0, length)]];
        }),
      ),
    );

  test.each([
    [{ keys: 3 }, 3, 1e9],
    [{ length: 7 }, 20, 7],
    [{ length: 150 }, 20, 150],
    [{ keys: 5, length: 1 }, 5, 1],
    [{ keys: 1_000, length: 1e9 }, 20, 1e9],
  ])('%o take the first keys, and the first numbers of each list', (limit, keys, length) => {
    writeColumnsFile(path, columns);
    expect(difference(firstOf(keys, length), readColumnsFile(path, limit), 'exact')).toBeUndefined();
  });

  test.each([0, -1, 1.5, Number.NaN])('of %d are refused', (limit) => {
    writeColumnsFile(path, small);
    expect(() => readColumnsFile(path, { keys: limit })).toThrow(
      `keys must be a whole number from 1, not ${limit}`,
    );
    expect(() => readColumnsFile(path, { length: limit })).toThrow(
      `length must be a whole number from 1, not ${limit}`,
    );
  });
});

describe('a file is refused that', () => {
  test('is cut off', () => {
    writeColumnsFile(path, small);
    truncateSync(path, 60);
    expect(() => readColumnsFile(path)).toThrow('is cut off: 60 of ');
  });

  test('is something else, or shorter than a header', () => {
    writeFileSync(path, 'PAR1');
    expect(() => readColumnsFile(path)).toThrow('is not a columns file');
  });

  test('has another version', () => {
    writeColumnsFile(path, small);
    const bytes = readFileSync(path);
    bytes[8] = 9;
    writeFileSync(path, bytes);
    expect(() => readColumnsFile(path)).toThrow('is a columns file of version 9; this is version 1');
  });
});

test('columns that are not whole are not written', () => {
  expect(() => writeColumnsFile(path, { ...small, values: new Float64Array(1) })).toThrow(
    'the last offset must be',
  );
});
