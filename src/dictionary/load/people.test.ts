import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { assert, asyncProperty, constantFrom, string, uniqueArray } from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, it } from 'vitest';
import type { DataSource } from '../../contract/scenario.js';
import { toLists } from '../columns.js';
import { loadData } from './load.js';

/* Files as people have them: what was read wrong without a word, or refused without a way out. */

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'breakeven-people-')));
afterAll(() => rmSync(folder, { recursive: true }));

type Options = Omit<DataSource, 'file'>;
type Content = string | Uint8Array;

function written(name: string, content: Content): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function read(name: string, content: Content, options: Options = {}) {
  const loaded = await loadData({ file: written(name, content), ...options });
  const entries = [...toLists(loaded.columns)].map(([key, list]) => [key, [...list]] as const);
  return { ...loaded, entries };
}

const listsOf = async (name: string, content: Content, options?: Options) =>
  (await read(name, content, options)).entries;

async function refusal(name: string, content: Content, options: Options = {}): Promise<string> {
  const file = written(name, content);
  const message = await loadData({ file, ...options }).then(
    () => 'it was read',
    (cause: Error) => cause.message,
  );
  return message.replace(`${file}: `, '');
}

const columns = { groupBy: 'city', value: 'price' };
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

function parquet(schema: readonly { name: string; data: unknown[]; type?: string }[]): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData: schema as never }));
}

describe('text becomes keys one to one, or is refused', () => {
  it('where it is not UTF-8, with the line and what to say', async () => {
    const text = latin1('city,price\nZürich,1\nZärich,2\n');
    expect(await refusal('latin.csv', text, columns)).toBe(
      'line 2 is not UTF-8: it has bytes that are no text there. Say what it is written in with --encoding: latin1 (as Excel and older programs write it), utf-16le or shift_jis',
    );
    expect(await listsOf('latin.csv', text, { ...columns, encoding: 'latin1' })).toEqual([
      ['Zürich', [1]],
      ['Zärich', [2]],
    ]);
    expect(await refusal('latin.json', latin1('{"ü": [1], "ä": [2]}'))).toMatch(/^is not UTF-8 .*--encoding/);
    expect(await listsOf('latin.json', latin1('{"ü": [1], "ä": [2]}'), { encoding: 'latin1' })).toEqual([
      ['ü', [1]],
      ['ä', [2]],
    ]);
    expect(await refusal('latin.ndjson', latin1('{"key":"ü","values":[1]}\n'))).toContain(
      'line 1 is not UTF-8',
    );
  });

  it('in the piece of a large file where the bytes are', async () => {
    const rows = 'Zürich,1\n'.repeat(200_000);
    const text = Buffer.concat([Buffer.from(`city,price\n${rows}`), latin1('Zärich,2\n')]);
    expect(await refusal('late.csv', text, columns)).toContain('line 200002 is not UTF-8');
  });

  it('in UTF-16, with a mark or when it is said', async () => {
    const text = 'city,price\nÄ,1\n';
    expect(
      await listsOf('marked.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(text)]), columns),
    ).toEqual([['Ä', [1]]]);
    expect(await refusal('unmarked.csv', utf16(text), columns)).toContain('say --encoding utf-16le');
    expect(await listsOf('unmarked.csv', utf16(text), { ...columns, encoding: 'utf-16le' })).toEqual([
      ['Ä', [1]],
    ]);
    expect(await refusal('a.csv', 'city,price\nA,1\n', { ...columns, encoding: 'utf-99' })).toContain(
      'there is no such encoding',
    );
  });

  it('whatever the line ends, in one file', async () => {
    const one = [
      ['A', [1, 3]],
      ['B', [2]],
    ];
    const swapped = { groupBy: 'city', value: 'price' };
    expect(await listsOf('mixed.csv', 'price,city\n1,A\r\n2,B\n3,A\n', swapped)).toEqual(one);
    expect(await listsOf('mixed.csv', 'city,price\r\nA,1\nB,2\r\nA,3', swapped)).toEqual(one);
    expect(await listsOf('cr.csv', 'city,price\rA,1\rB,2\rA,3\r', swapped)).toEqual(one);
    expect(
      await refusal('three.csv', 'price,city\n1,A\r2,B\n3,A\n', {
        groupBy: 'city',
        value: 'price',
        lenient: true,
      }),
    ).toContain('line 2 (key "A\\r2"): a carriage return stands inside a field');
    expect(await listsOf('quoted.csv', 'city,price\n"A\rB",1\n"A\r\nB",2\n', columns)).toEqual([
      ['A\rB', [1]],
      ['A\r\nB', [2]],
    ]);
  });

  it('in parquet: times to the last digit, bytes that are text; structures are refused', async () => {
    const price = { name: 'price', data: [1, 2], type: 'DOUBLE' };
    const times = parquet([{ name: 'city', data: [new Date(0), new Date(1)], type: 'TIMESTAMP' }, price]);
    expect((await listsOf('times.parquet', times, columns)).map(([key]) => key)).toEqual([
      '1970-01-01T00:00:00.000Z',
      '1970-01-01T00:00:00.001Z',
    ]);
    const bytes = (...lists: number[][]) => lists.map((list) => Uint8Array.from(list));
    const blobs = parquet([{ name: 'city', data: bytes([0xff, 1], [0xfe, 1]), type: 'BYTE_ARRAY' }, price]);
    expect(await refusal('blobs.parquet', blobs, columns)).toContain('its key is bytes that are no text');
    const json = parquet([{ name: 'city', data: [{ a: 1 }, { a: 2 }], type: 'JSON' }, price]);
    expect((await listsOf('json.parquet', json, columns)).map(([key]) => key)).toEqual([
      '{"a":1}',
      '{"a":2}',
    ]);
  });

  it('as many keys as the file has, in every format and encoding', async () => {
    const key = string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter(
      (text) => text.trim() !== '' && !text.includes('\r') && !text.includes('\0'),
    );
    await assert(
      asyncProperty(
        uniqueArray(key, { minLength: 1, maxLength: 12 }),
        constantFrom('csv', 'json', 'ndjson', 'records', 'utf-16', 'parquet'),
        async (keys, format) => {
          const content = keysAs(format, keys);
          const { entries } = await read(`keys.${content.extension}`, content.bytes, content.options);
          expect(entries).toEqual(keys.map((each, at) => [each, [at]]));
        },
      ),
      { numRuns: 120 },
    );
  });
});

function keysAs(
  format: string,
  keys: readonly string[],
): { extension: string; bytes: Content; options: Options } {
  const csv = ['city,price', ...keys.map((key, at) => `"${key.replaceAll('"', '""')}",${at}`)].join('\n');
  switch (format) {
    case 'json':
      return {
        extension: 'json',
        bytes: `{${keys.map((key, at) => `${JSON.stringify(key)}: [${at}]`).join(',')}}`,
        options: {},
      };
    case 'ndjson':
      return {
        extension: 'ndjson',
        bytes: keys.map((key, at) => JSON.stringify({ key, values: [at] })).join('\n'),
        options: {},
      };
    case 'records':
      return {
        extension: 'json',
        bytes: JSON.stringify(keys.map((city, price) => ({ city, price }))),
        options: columns,
      };
    case 'utf-16':
      return { extension: 'csv', bytes: utf16(csv), options: { ...columns, encoding: 'utf-16le' } };
    case 'parquet':
      return {
        extension: 'parquet',
        bytes: parquet([
          { name: 'city', data: [...keys], type: 'STRING' },
          { name: 'price', data: keys.map((_, at) => at), type: 'DOUBLE' },
        ]),
        options: columns,
      };
    default:
      return { extension: 'csv', bytes: csv, options: columns };
  }
}

describe('numbers are alike in every format', () => {
  const beyond = '9007199254740993';
  const files: [string, string | Uint8Array, Options][] = [
    ['big.csv', `city,price\nA,${beyond}\n`, columns],
    ['big.json', `{"A": [${beyond}]}`, {}],
    ['big.ndjson', `{"key":"A","values":[${beyond}]}`, {}],
    ['records.json', `[{"city":"A","price":${beyond}}]`, columns],
    ['records.ndjson', `{"city":"A","price":${beyond}}`, columns],
    [
      'big.parquet',
      parquet([
        { name: 'city', data: ['A'], type: 'STRING' },
        { name: 'price', data: [BigInt(beyond)], type: 'INT64' },
      ]),
      columns,
    ],
  ];

  it.each(files)('%s: beyond 2^53 refused, or rounded and counted', async (name, content, options) => {
    expect(await refusal(name, content, options)).toContain(`${beyond} is a whole number beyond 2^53`);
    const { entries, header } = await read(name, content, { ...options, round: true });
    expect(entries).toEqual([['A', [9007199254740992]]]);
    expect(header.rounded).toBe(1);
  });

  it('what a double holds exactly is not refused, however large', async () => {
    expect(await listsOf('exact.csv', 'city,price\nA,9007199254740994\nA,1e300\n', columns)).toEqual([
      ['A', [9007199254740994, 1e300]],
    ]);
    expect(await listsOf('exact.json', '{"A":[1152921504606846976,0.1234567890123456]}')).toEqual([
      ['A', [2 ** 60, 0.1234567890123456]],
    ]);
    expect(
      await listsOf(
        'exact.parquet',
        parquet([
          { name: 'city', data: ['A'], type: 'STRING' },
          { name: 'price', data: [2n ** 60n], type: 'INT64' },
        ]),
        columns,
      ),
    ).toEqual([['A', [2 ** 60]]]);
  });

  it('keys that a double cannot tell apart are refused', async () => {
    expect(await refusal('ids.json', `[{"city":1777410541745082368,"price":1}]`, columns)).toContain(
      'write keys as text',
    );
  });

  it('NaN and ±Infinity are numbers, and counted', async () => {
    const odd = [['A', [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1]]];
    const texts: [string, string, Options][] = [
      ['odd.csv', 'city,price\nA,NaN\nA,inf\nA,-Infinity\nA,1\n', columns],
      ['odd.json', '{"A": [NaN, Infinity, -Infinity, 1]}', {}],
      ['odd.ndjson', '{"key":"A","values":[NaN,Infinity,-Infinity,1]}', {}],
      [
        'odd2.json',
        '[{"city":"A","price":NaN},{"city":"A","price":Infinity},{"city":"A","price":-Infinity},{"city":"A","price":1}]',
        columns,
      ],
    ];
    for (const [name, text, options] of texts) {
      const { entries, header } = await read(name, text, options);
      expect(entries).toEqual(odd);
      expect(header.notFinite).toBe(3);
    }
    expect(await listsOf('said.json', '{"NaN": [1], "a": [2]}')).toEqual([
      ['NaN', [1]],
      ['a', [2]],
    ]);
  });

  it('decimals of parquet are the doubles that are nearest to them', async () => {
    const data = Array.from({ length: 1_000 }, (_, at) => (at + 1) / 100);
    const stored = data.map((x) => BigInt(Math.round(x * 100)));
    const file = new Uint8Array(
      parquetWriteBuffer({
        columnData: [{ name: 'price', data: stored }],
        schema: [
          { name: 'root', num_children: 1 },
          {
            name: 'price',
            type: 'INT64',
            converted_type: 'DECIMAL',
            scale: 2,
            precision: 10,
            repetition_type: 'REQUIRED',
          },
        ],
      }),
    );
    expect(await listsOf('decimals.parquet', file, { value: 'price' })).toEqual([['price', data]]);
  });

  it('are written as people write them, once they have said how', async () => {
    expect(await refusal('dollars.csv', 'city,price\nA,$972.45\n', columns)).toContain(
      `if that is how numbers are written here, say so by an example: --number-format '$1234.5'`,
    );
    const cases: [string, string, number][] = [
      ['$1,234.5', '"$1,972.45"', 1972.45],
      ['1,234.5', '"1,234,567"', 1234567],
      ['1.234,5', '"1.234,5"', 1234.5],
      ['1234,5', '"1,5"', 1.5],
      ['1 234,5 €', '"12 345,5 €"', 12345.5],
      ['(1,234.5)', '"(1,200)"', -1200],
      ['1234.5 %', '12 %', 0.12],
      ['1,234.5', '-7', -7],
    ];
    for (const [numberFormat, field, number] of cases)
      expect(await listsOf('format.csv', `city,price\nA,${field}\n`, { ...columns, numberFormat })).toEqual([
        ['A', [number]],
      ]);
    expect(
      await refusal('format.csv', 'city,price\nA,"1,23,456"\n', { ...columns, numberFormat: '1,234.5' }),
    ).toContain('found "1,23,456"');
    expect(
      await refusal('format.csv', 'city,price\nA,1\n', { ...columns, numberFormat: 'german' }),
    ).toContain('write 1234.5 as your file would');
  });
});

describe('shapes that people have', () => {
  const rows: (readonly [string, readonly number[]])[] = [
    ['A', [1, 3]],
    ['B', [2]],
  ];

  it('records, in JSON and line by line', async () => {
    const records = [
      { city: 'A', price: 1, note: 'x' },
      { city: 'B', price: 2 },
      { city: 'A', price: 3 },
    ];
    expect(await listsOf('records.json', JSON.stringify(records), columns)).toEqual(rows);
    expect(
      await listsOf('records.ndjson', records.map((each) => JSON.stringify(each)).join('\n'), columns),
    ).toEqual(rows);
    expect(await refusal('records.json', JSON.stringify(records))).toContain(
      "name the column whose text becomes the key with groupBy (--group-by); its columns are 'city', 'price', 'note'",
    );
    expect(await refusal('records.ndjson', '{"city":"A","price":1}\n')).toContain(
      'name two of their members with --group-by and --value',
    );
    expect(await listsOf('records.json', JSON.stringify(records), { value: 'price' })).toEqual([
      ['price', [1, 2, 3]],
    ]);
  });

  it('one list, lists in a list, a number per key, a part of something larger', async () => {
    expect(await listsOf('list.json', '[1, 2, null, 3]')).toEqual([['values', [1, 2, 3]]]);
    expect(await listsOf('lists.json', '[[1, 2], [], [3]]')).toEqual([
      ['0', [1, 2]],
      ['1', []],
      ['2', [3]],
    ]);
    expect(await listsOf('scalars.json', '{"a": 1, "b": 2.5, "c": null}')).toEqual([
      ['a', [1]],
      ['b', [2.5]],
      ['c', []],
    ]);
    const larger =
      '{"epochs": 50, "run": [{"x": 1}, {"history": {"loss": [3, 2], "accuracy": [0.5]}}], "more": {}}';
    expect(await listsOf('larger.json', larger, { at: 'run.1.history' })).toEqual([
      ['loss', [3, 2]],
      ['accuracy', [0.5]],
    ]);
    expect(await refusal('larger.json', larger, { at: 'run.1.nothing' })).toContain(
      'has nothing at run.1.nothing',
    );
    expect(await refusal('larger.json', '{"a": {"b": [1]}}')).toContain(
      'name the part that holds the lists with --at, for example --at a',
    );
    expect(await listsOf('lists.ndjson', '[1,2]\n[3]\n')).toEqual([
      ['0', [1, 2]],
      ['1', [3]],
    ]);
  });

  it('tables without keys, with several columns, and wide', async () => {
    const table = 'city,price,size\nA,1,10\nB,2,20\nA,3,\n';
    expect(await listsOf('t.csv', table, { value: 'price' })).toEqual([['price', [1, 2, 3]]]);
    expect(await listsOf('t.csv', table, { columns: 'price,size' })).toEqual([
      ['price', [1, 2, 3]],
      ['size', [10, 20]],
    ]);
    expect(await listsOf('t.csv', table, { groupBy: 'city', columns: '*' })).toEqual([
      ['A · price', [1, 3]],
      ['A · size', [10]],
      ['B · price', [2]],
      ['B · size', [20]],
    ]);
  });

  it('a column without a name, or with a name that stands twice, by its place', async () => {
    expect(await listsOf('pandas.csv', ',price\nA,1\nB,2\nA,3\n', { groupBy: '#1', value: 'price' })).toEqual(
      rows,
    );
    const twice = 'city,price,price\nA,1,100\n';
    expect(await refusal('twice.csv', twice, columns)).toBe(
      `has 2 columns 'price' (value): say which by its place, --value '#2' or '#3'`,
    );
    expect(await listsOf('twice.csv', twice, { groupBy: 'city', value: '#3' })).toEqual([['A', [100]]]);
  });

  it('a header that may be data is asked about', async () => {
    const text = 'A,1\nB,2\nA,3\n';
    expect(await refusal('none.csv', text, { groupBy: 'A', value: '1' })).toContain(
      'Say --header none where it is',
    );
    expect(await listsOf('none.csv', text, { groupBy: '#1', value: '#2', header: 'none' })).toEqual(rows);
    expect(
      await listsOf('years.csv', 'city,1999\nA,1\n', { groupBy: 'city', value: '1999', header: 'first' }),
    ).toEqual([['A', [1]]]);
  });

  it('a header with a no-break space, or with blanks around it', async () => {
    expect(
      await listsOf('space.csv', 'the\u00a0city, price \nA,1\nB,2\nA,3\n', {
        groupBy: 'the city',
        value: 'price',
      }),
    ).toEqual(rows);
  });

  it('packed, without an extension, through a pipe, in several files', async () => {
    const csv = 'city,price\nA,1\nB,2\nA,3\n';
    const zstd = spawnSync('zstd', ['-c'], { input: csv });
    expect(await listsOf('p.csv.gz', gzipSync(csv), columns)).toEqual(rows);
    expect(await listsOf('p.csv.br', brotliCompressSync(csv), columns)).toEqual(rows);
    expect(await listsOf('named.csv', gzipSync(csv), columns)).toEqual(rows);
    if (zstd.status === 0) expect(await listsOf('p.csv.zst', zstd.stdout, columns)).toEqual(rows);
    expect(await listsOf('p.json.gz', gzipSync('{"A": [1, 3], "B": [2]}'))).toEqual(rows);
    expect(await refusal('cut.csv.gz', gzipSync(csv).subarray(0, 30), columns)).toContain(
      'cannot be unpacked as gzip',
    );
    for (const [name, text, options] of [
      ['plain', csv, columns],
      ['table.txt', csv, columns],
      ['json', '{"A": [1, 3],\n "B": [2]}', {}],
      ['lines', '{"key":"A","values":[1,3]}\n{"key":"B","values":[2]}\n', {}],
    ] as const)
      expect(await listsOf(name, text, options)).toEqual(rows);
    written('part-1.csv', 'city,price\nA,1\n');
    written('part-2.csv', 'city;price\nB;2\nA;3\n');
    const { columns: joined } = await loadData({ file: join(folder, 'part-*.csv'), ...columns });
    expect([...toLists(joined)]).toEqual(rows);
    await expect(loadData({ file: join(folder, 'none-*.csv') })).rejects.toThrow(
      'no file has a name like that',
    );
  });
});

describe('real tables', () => {
  it.each([
    [';', 'a.csv'],
    ['|', 'a.csv'],
    ['\t', 'a.csv'],
    [',', 'a.tsv'],
  ])('have fields separated by %j in %s, found by counting', async (delimiter, name) => {
    const text = ['city,price', 'A,1', '"B, C",2', 'A,3'].join('\n').replace(/,(?! )/g, delimiter);
    expect(await listsOf(name, text, columns)).toEqual([
      ['A', [1, 3]],
      ['B, C', [2]],
    ]);
  });

  it('say it themselves, or are told', async () => {
    expect(
      await listsOf('sep.csv', 'sep=;\ncity;price\nA;1,5\n', { ...columns, numberFormat: '1234,5' }),
    ).toEqual([['A', [1.5]]]);
    expect(await listsOf('caret.csv', 'city^price\nA^1\n', { ...columns, delimiter: '^' })).toEqual([
      ['A', [1]],
    ]);
  });

  it('have words for missing values, which are counted by word and never 0', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => `A,${at % 3_000 === 7 ? 'NA' : at}`);
    const { header, missingWords } = await read('na.csv', ['city,price', ...rows].join('\n'), columns);
    expect(header).toMatchObject({ elements: 9_996, missing: 4 });
    expect([...missingWords]).toEqual([['NA', 4]]);
    const text = 'city,price\nA,n.d.\nB,2\nC,n.d.\nC,x\n';
    expect(await refusal('nd.csv', text, columns)).toBe(
      `line 2 (key "A"): expected a number, found "n.d." (2 times), "x" (1), 3 of 4 fields in all; say --missing 'n.d.,x' where that means a missing value, or leave the field empty`,
    );
    expect((await read('nd.csv', text, { ...columns, missing: ['n.d.', 'x'] })).header).toMatchObject({
      elements: 1,
      missing: 3,
    });
  });

  it('have numbers that stand for a missing value, where somebody says so', async () => {
    const { entries, header } = await read('sentinel.csv', 'city,price\nA,-999\nA,5\n', {
      ...columns,
      missing: ['-999'],
    });
    expect(entries).toEqual([['A', [5]]]);
    expect(header.missing).toBe(1);
  });

  it('blame a quote where it opens', async () => {
    const rest = Array.from({ length: 1_000 }, (_, at) => `C,${at}\n`).join('');
    expect(await refusal('open.csv', `city,price\nA,1\n"B,2\n${rest}`, columns)).toContain(
      'line 3: the quote before "B,2\\nC,0',
    );
    expect(await refusal('later.csv', `city,price\nA,1\n"B,2\n${rest}"D,5",6\n`, columns)).toContain(
      'line 3: a quote opens a field',
    );
  });

  it('may have rows of a wrong length where that is allowed, and they are counted', async () => {
    const text = 'city,price\nA,1\nB\nC,3,4\n';
    expect(await refusal('ragged.csv', text, columns)).toContain(
      'line 3 has 1 field, and the first line 2; mend it, or say --lenient',
    );
    const { entries, header } = await read('ragged.csv', text, { ...columns, lenient: true });
    expect(entries).toEqual([
      ['A', [1]],
      ['B', []],
      ['C', [3]],
    ]);
    expect(header).toMatchObject({ missing: 1, mended: 2 });
  });

  it('count lines, also behind fields of several lines and over pieces of a large file', async () => {
    const many = '"A\nB",1\n'.repeat(150_000);
    expect(await refusal('lines.csv', `city,price\n${many}C,?\n`, columns)).toContain(
      'line 300002 (key "C"): expected a number, found "?"',
    );
  });

  it('never send their control characters to a terminal', async () => {
    const message = await refusal('escape.csv', 'ci\u001b[31mty,price\nA,1\n', columns);
    expect(message).toContain("'ci\\x1b[31mty'");
    expect(message).not.toContain('\u001b');
  });
});

describe('failures of large files', () => {
  it('are told with their place, piece by piece', async () => {
    const numbers = Array.from({ length: 600_000 }, (_, at) => at).join(', ');
    expect(await refusal('long.json', `{"a": [1], "b": [${numbers}, "x"]}`)).toContain(
      'key "b", index 600000: expected a number, found "x"',
    );
    expect(await refusal('cut.json', `{"b": [${numbers}`)).toContain(
      'is cut off in the list of key "b", index 599999',
    );
    const { entries, header } = await read('nan.json', `{"b": [${numbers}, NaN], "c": [1]}`);
    expect(entries[0][1]).toHaveLength(600_001);
    expect(header).toMatchObject({ keys: 2, notFinite: 1 });
  });
});
