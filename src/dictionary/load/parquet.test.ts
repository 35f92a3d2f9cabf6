import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fiveRows } from '../../../test/support/cli/fuzz/five-rows.js';
import { checkColumns, toLists } from '../columns.js';
import { loadData } from './load.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-parquet-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'five.parquet');
writeFileSync(file, fiveRows);

describe('parquet', () => {
  test('groups rows over row groups; nulls are missing, keys and values alike; bigints become numbers', async () => {
    const { columns, header } = await loadData({ file, groupBy: 'origin', value: 'delay' });
    expect([...toLists(columns)]).toEqual([
      ['SFO', [5, -3]],
      ['JFK', []],
      ['ORD', []],
    ]);
    expect(header).toEqual({
      name: 'five.parquet',
      keys: 3,
      elements: 2,
      missing: 3,
      shortest: 0,
      longest: 2,
      sha256: expect.stringMatching(/^[\da-f]{64}$/),
    });
  });

  test('a key and its list; an empty one keeps its key, and null is missing', async () => {
    const { columns, header } = await loadData({ file, groupBy: 'id', value: 'stops' });
    expect([...toLists(columns)]).toEqual([
      ['1', [1]],
      ['1152921504606846976', [2, 3]],
      ['3', []],
      ['4', []],
      ['5', [4]],
    ]);
    expect(header.missing).toBe(1);
  });

  test('a NaN that is stored as a number is a number', async () => {
    const { columns, header } = await loadData({ file, groupBy: 'origin', value: 'ratio' });
    expect([...toLists(columns)]).toEqual([
      ['SFO', [0.5]],
      ['JFK', [Number.NaN]],
      ['ORD', [-0]],
    ]);
    expect(header.missing).toBe(2);
  });

  test('a column of numbers may be the key', async () => {
    const { columns } = await loadData({ file, groupBy: 'id', value: 'delay' });
    expect(columns.keys).toEqual(['1', '1152921504606846976', '3', '4', '5']);
  });

  test.each([
    [
      'text as value',
      { groupBy: 'origin', value: 'origin' },
      'column "origin", row 1: expected a number, found "SFO" (2 times), "JFK" (1), "ORD" (1), 4 of 4 fields in all; name a column of numbers',
    ],
    [
      'a column that is not there',
      { groupBy: 'origin', value: 'dealy' },
      "has no column 'dealy' (value); its columns are 'origin', 'delay', 'ratio', 'id', 'stops'. Did you mean 'delay'?",
    ],
    [
      'no column named',
      {},
      'is a table: name the column whose text becomes the key with groupBy (--group-by)',
    ],
  ])('refuses %s', async (_, columns, message) => {
    await expect(loadData({ file, ...columns })).rejects.toThrow(message);
  });

  test.each([
    [
      'cut off',
      (bytes: Buffer) => bytes.subarray(0, 700),
      'is cut off after 700 bytes: it does not end with PAR1',
    ],
    ['JSON', () => Buffer.from('{"a": [1]}'), 'is named .parquet, but its bytes are JSON'],
    ['nothing known', () => Buffer.from('hello'), 'does not begin with PAR1 as every parquet file does'],
    [
      'damaged inside',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 200), bytes.subarray(600)]),
      'cannot be read as parquet',
    ],
  ])('refuses a file that is %s', async (_, change, message) => {
    const bad = join(folder, 'bad.parquet');
    writeFileSync(bad, change(readFileSync(file)));
    await expect(loadData({ file: bad, groupBy: 'origin', value: 'delay' })).rejects.toThrow(message);
  });
});

test('flights: three million delays of 229 airports, none missing', async () => {
  const source = {
    file: new URL('../../../scenarios/data/flights.parquet', import.meta.url).href,
    groupBy: 'origin',
    value: 'delay',
  };
  const { columns, header } = await loadData(source);
  checkColumns(columns);
  expect(header).toEqual({
    name: 'flights.parquet',
    keys: 229,
    elements: 3_000_000,
    missing: 0,
    shortest: 1,
    longest: 166_341,
    sha256: expect.stringMatching(/^[\da-f]{64}$/),
  });
  expect(columns.keys.slice(0, 3)).toEqual(['LAS', 'ATL', 'MCI']);
  // The file was made of this one (`npm run flights`).
  const made = await loadData({ ...source, package: 'vega-datasets', file: 'data/flights-3m.parquet' });
  expect(columns.keys).toEqual(made.columns.keys);
  const bytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
    Buffer.from(buffer, byteOffset, byteLength);
  // Number by number would take seconds.
  expect(bytes(columns.offsets).equals(bytes(made.columns.offsets))).toBe(true);
  expect(bytes(columns.values).equals(bytes(made.columns.values))).toBe(true);
}, 120_000);
