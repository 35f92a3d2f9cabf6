import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { DataSource } from '../../contract/scenario.js';
import { toLists } from '../columns.js';
import { DataError, loadData } from './load.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-load-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function loaded(name: string, text: string, columns: Omit<DataSource, 'file'> = {}) {
  const { columns: data, header } = await loadData({ file: written(name, text), ...columns });
  return { entries: [...toLists(data)], header };
}

async function problem(source: DataSource): Promise<string> {
  const error: unknown = await loadData(source).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DataError);
  const { message } = error as DataError;
  expect(message.startsWith(`${source.file}: `)).toBe(true);
  return message.slice(source.file.length + 2);
}

const problemOf = (name: string, text: string | Uint8Array, columns: Omit<DataSource, 'file'> = {}) =>
  problem({ file: written(name, text), ...columns });

describe('JSON', () => {
  test('an object of number arrays is read in the order of the file, keys that look like integers too', async () => {
    const { entries, header } = await loaded(
      'a.json',
      '\ufeff{ "b": [1, -0, 2.5e3],\n "10": [],"2":[null, 7 ] }\n',
    );
    expect(entries).toEqual([
      ['b', [1, -0, 2500]],
      ['10', []],
      ['2', [7]],
    ]);
    expect(header).toEqual({
      name: 'a.json',
      keys: 3,
      elements: 4,
      missing: 1,
      shortest: 0,
      longest: 3,
      sha256: expect.stringMatching(/^[\da-f]{64}$/),
    });
  });

  test('keys may hold escapes, brackets and the names of Object.prototype', async () => {
    const { entries } = await loaded('a.json', '{"a\\"]": [1], "\\u00e4": [2], "__proto__": [3]}');
    expect(entries).toEqual([
      ['a"]', [1]],
      ['ä', [2]],
      ['__proto__', [3]],
    ]);
  });

  test.each([
    [
      'text among numbers',
      '{"a": [1, "2"]}',
      'key "a", index 1: expected a number, found "2"; write numbers without quotes',
    ],
    ['text with a bracket', '{"a": [1, 2, "]"]}', 'key "a", index 2: expected a number, found "'],
    ['true', '{"a": [true]}', 'key "a", index 0: expected a number, found true'],
    ['a list in a list', '{"a": [1, [2]]}', 'key "a", index 1: expected a number, found [2'],
    [
      'a number beyond doubles',
      '{"a": [1e999]}',
      'key "a", index 0: expected a number, found 1e999; it is too large for a double',
    ],
    ['a comma too many', '{"a": [1, 2, ]}', 'key "a", index 2: expected a number, found nothing'],
    ['a value that is no list', '{"a": true}', 'key "a": expected an array of numbers, found true'],
    ['a key twice', '{"a": [1], "a": [2]}', 'key "a" appears twice'],
    [
      'records without columns',
      '[{"a": 1}]',
      "is a table: name the column whose text becomes the key with groupBy (--group-by); its columns are 'a'",
    ],
    [
      'a file cut in a list',
      '{"a": [1], "b": [2, 3',
      'is cut off in the list of key "b", index 1: fetch it again',
    ],
    [
      'a file cut after a list',
      '{"a": [1]',
      'is cut off after key "a": expected a comma or }, found the end of the file',
    ],
    ['a file cut in a key', '{"a": [1], "b', 'is cut off after key "a": expected the end of a key'],
    [
      'one object per line',
      '{"a": [1]}\n{"b": [2]}',
      'goes on after the end of its value, at byte 11; if there is one object per line, name it .ndjson',
    ],
    [
      'text that is not JSON',
      'hello',
      'at its start: expected an object of number arrays, {"key": [1, 2, 3]}, found hello',
    ],
    ['an empty object', '{}', 'holds no numbers (0 keys, 0 missing values)'],
    ['only missing values', '{"a": [null], "b": []}', 'holds no numbers (2 keys, 1 missing values)'],
    ['parquet', Buffer.from('PAR1....PAR1'), 'is named .json, but its bytes are parquet: name it .parquet'],
    [
      'gzip',
      new Uint8Array([0x1f, 0x8b, 8]),
      'cannot be unpacked as gzip: unexpected end of file. Is it damaged or cut off?',
    ],
    ['nothing', '', 'is empty (0 bytes)'],
  ])('refuses %s', async (_, text, message) => {
    expect(await problemOf('bad.json', text)).toContain(message);
  });

  test('refuses groupBy and value, which are for tables', async () => {
    expect(await problemOf('a.json', '{"a": [1]}', { groupBy: 'a' })).toContain(
      'leave groupBy and value out',
    );
  });
});

describe('NDJSON', () => {
  test('one key and its values per line; blank lines are skipped, nulls are missing', async () => {
    const { entries, header } = await loaded(
      'a.ndjson',
      '{"key":"x","values":[1,null]}\r\n\n{"values":[],"key":"y"}',
    );
    expect(entries).toEqual([
      ['x', [1]],
      ['y', []],
    ]);
    expect(header).toMatchObject({ keys: 2, elements: 1, missing: 1, shortest: 0, longest: 1 });
  });

  test.each([
    [
      'text among numbers',
      '{"key":"x","values":[1,"2"]}',
      'line 1, key "x", index 1: expected a number, found "2"',
    ],
    [
      'other fields',
      '{"key":"x","value":[1]}',
      'line 1: expected {"key": "a", "values": [1, 2, 3]}, found {"key":"x","value":[1]}',
    ],
    ['a number as key', '{"key":5,"values":[1]}', 'line 1: "key" must be a text in double quotes, found 5'],
    [
      'values that are no list',
      '{"key":"x","values":1}',
      'line 1, key "x": expected an array of numbers, found 1',
    ],
    ['a key twice', '{"key":"x","values":[1]}\n{"key":"x","values":[2]}', 'line 2, key "x" appears twice'],
    [
      'a file cut in its last line',
      '{"key":"x","values":[1]}\n{"key":"y","val',
      'line 2 is not JSON, {"key":"y","val; the file seems to be cut off',
    ],
    [
      'an object over several lines',
      '{\n"key":"x"}\n',
      'line 1 is not JSON, {; expected {"key": "a", "values": [1, 2, 3]} on every line',
    ],
  ])('refuses %s', async (_, text, message) => {
    expect(await problemOf('bad.jsonl', text)).toContain(message);
  });
});

describe('CSV', () => {
  const columns = { groupBy: 'from', value: 'delay' };

  test('rows are grouped by key in order of first appearance; empty fields are missing', async () => {
    const text = '\ufefffrom,note,delay\nB,"x, y",1\nA,, 2.5\nB,,\n,,9\nB,"a\nb",-3e2\nC,,\n';
    const { entries, header } = await loaded('a.csv', text, columns);
    expect(entries).toEqual([
      ['B', [1, -300]],
      ['A', [2.5]],
      ['C', []],
    ]);
    expect(header).toEqual({
      name: 'a.csv',
      keys: 3,
      elements: 3,
      missing: 3,
      shortest: 0,
      longest: 2,
      sha256: expect.stringMatching(/^[\da-f]{64}$/),
    });
  });

  test('tabs separate the fields of a .tsv file', async () => {
    expect((await loaded('a.tsv', 'from\tdelay\nA\t1\n', columns)).entries).toEqual([['A', [1]]]);
  });

  test.each([
    [
      '12abc',
      'from,delay\nA,1\nB,12abc\n',
      'line 3 (key "B"): expected a number, found "12abc"; say --missing \'12abc\' where that means a missing value',
    ],
    ['1e999', 'from,delay\nA,1e999\n', 'line 2 (key "A"): expected a number, found "1e999"'],
    ['hexadecimal', 'from,delay\nA,0x10\n', 'line 2 (key "A"): expected a number, found "0x10"'],
    ['a row too short', 'from,delay\nA,1\nB\n', 'line 3 has 1 field, and the first line 2'],
    [
      'a file cut in quotes',
      'from,delay\nA,1\n"B',
      'line 3: the quote before "B" is never closed. Close it, or fetch the file again',
    ],
    [
      'a missing column',
      'From,Delays\nA,1\n',
      "has no column 'from' (groupBy); its columns are 'From', 'Delays'. Did you mean 'From'?",
    ],
    ['JSON', '{"a": [1]}', 'is named .csv, but its bytes are JSON: name it .json or .ndjson'],
    ['a table without rows', 'from,delay\n', 'holds no numbers (0 keys, 0 missing values)'],
  ])('refuses %s', async (_, text, message) => {
    expect(await problemOf('bad.csv', text, columns)).toContain(message);
  });

  test('asks for the columns where none is named, and lists those there are', async () => {
    const message = await problemOf('a.csv', 'from,delay\nA,1\n', { groupBy: 'from' });
    expect(message).toBe(
      "is a table: name the column of numbers with value (--value); its columns are 'from', 'delay'",
    );
  });
});

describe('a file', () => {
  test('may be named by URL', async () => {
    const file = pathToFileURL(written('url.json', '{"a": [1]}')).href;
    expect((await loadData({ file })).header.name).toBe('url.json');
  });

  test('inside a package is found although its exports hide it', async () => {
    const source = {
      file: 'data/seattle-weather.csv',
      package: 'vega-datasets',
      groupBy: 'weather',
      value: 'wind',
    };
    const { header } = await loadData(source);
    expect(header).toMatchObject({ name: 'seattle-weather.csv', keys: 5, elements: 1461, missing: 0 });
  });

  test.each<[string, DataSource, string]>([
    ['does not exist', { file: '/no/such.json' }, 'there is no such file (looked for /no/such.json)'],
    [
      'is not in its package',
      { file: 'data/no.csv', package: 'vega-datasets' },
      'there is no such file in the package vega-datasets',
    ],
    [
      'is in a package that is not installed',
      { file: 'a.csv', package: 'no-such-package' },
      'run: npm install no-such-package',
    ],
    [
      'lies outside its package',
      { file: '../fast-check/package.json', package: 'vega-datasets' },
      'lies outside the package',
    ],
  ])('is refused that %s', async (_, source, message) => {
    expect(await problem(source)).toContain(message);
  });

  test('is refused that is a folder, or of no known format', async () => {
    mkdirSync(join(folder, 'folder.json'), { recursive: true });
    expect(await problem({ file: join(folder, 'folder.json') })).toContain(
      'is a folder; name one file in it',
    );
    expect(await problemOf('a.xlsx', 'x')).toContain(
      "has the extension '.xlsx'; data files are .json, .geojson, .ndjson",
    );
  });
});
