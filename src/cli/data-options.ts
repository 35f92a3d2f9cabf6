import { InputError } from '../contract/errors.js';
import type { DataSource } from '../contract/scenario.js';
import { flag, parsed, text, type Values } from './options.js';

/** What says which data is meant: of every command that reads a file. */
export const dataOptions = {
  data: text(
    'data instead of generated numbers: a JSON, NDJSON, parquet or CSV file, a pattern like data/*.csv, or - for standard input; also packed (.gz, .zst, .br)',
  ),
  'group-by': text('column whose text becomes the key; #2 is the second one'),
  value: text('column of numbers; without --group-by it is one list'),
  columns: text(
    'columns that are lists of their own, like price,size, or * for all; with --group-by per key',
  ),
  at: text('part of a JSON document that holds the lists, like training.history'),
  delimiter: parsed('what separates the fields of a table (default: found by counting)', (each) =>
    each === '\\t' || each === 'tab' ? '\t' : each,
  ),
  header: parsed('first or none: whether the first line of a table names its columns', (header) => {
    if (header === 'first' || header === 'none') return header;
    throw new InputError(`--header ${header}: there are first and none.`);
  }),
  encoding: text('what text is written in, like latin1 or utf-16le (default utf-8)'),
  missing: parsed('words for a missing value, like NA,-,n.d. (default: the usual ones)', (words) =>
    words.split(','),
  ),
  'number-format': text("how 1234.5 is written, by example: 1,234.5 or 1.234,5 or '$1,234.5'"),
  lenient: flag('count rows of a wrong length and stray quotes in a table, and go on'),
  'allow-rounding': flag('count whole numbers beyond 2^53 that a double cannot hold, and round them'),
};

/** The data that options name. Throws an InputError where they say how to read a file, and none is named. */
export function sourceOf(given: Values<typeof dataOptions>): DataSource | undefined {
  const { data, 'group-by': groupBy, value, columns, at, delimiter, header, encoding, missing } = given;
  const { 'number-format': numberFormat, lenient, 'allow-rounding': round } = given;
  const how = { groupBy, value, columns, at, delimiter, header, encoding, missing, numberFormat };
  const said = Object.fromEntries(Object.entries(how).filter(([, each]) => each !== undefined));
  const allowed = { ...(lenient ? { lenient } : {}), ...(round ? { round } : {}) };
  if (data !== undefined) return { file: data, ...said, ...allowed };
  const option = (Object.keys(dataOptions) as (keyof typeof dataOptions)[]).find(
    (name) => given[name] !== undefined && given[name] !== false,
  );
  if (option === undefined) return undefined;
  throw new InputError(`--${option} says how a data file is read: name the file too, with --data FILE.`);
}
