import { basename } from 'node:path';
import type { Columns } from '../contract/dictionary.js';
import type { DataSource } from '../contract/scenario.js';
import { readCsv } from './data-csv.js';
import { DataError } from './data-error.js';
import { readJson } from './data-json.js';
import { readNdjson } from './data-ndjson.js';
import { readParquet } from './data-parquet.js';
import { fileKind } from './file-kind.js';
import type { RawData } from './group-rows.js';
import { locate } from './locate.js';

export { DataError } from './data-error.js';

/** What the results file says about real data; `DataHeader` of src/results has the same fields. */
export interface DataSummary {
  /** File name without folders. */
  readonly name: string;
  readonly keys: number;
  readonly elements: number;
  /** Rows or list items without a key or value: left out of the lists, never turned into 0. */
  readonly missing: number;
  readonly shortest: number;
  readonly longest: number;
}

export interface LoadedData {
  readonly columns: Columns;
  readonly header: DataSummary;
}

/**
 * Reads a data file into columns: keys in order of first appearance, values in the order of the file.
 * Throws a DataError: a sentence with the file, the place in it, what was found and what to do.
 */
export async function loadData(source: DataSource): Promise<LoadedData> {
  const path = locate(source);
  const { columns, missing } = await read(path, source);
  if (columns.values.length === 0) {
    throw new DataError(
      source.file,
      `holds no numbers (${columns.keys.length} keys, ${missing} missing values)`,
    );
  }
  return { columns, header: summary(basename(path), columns, missing) };
}

async function read(path: string, source: DataSource): Promise<RawData> {
  const kind = fileKind(path, source.file);
  if (kind === 'parquet') return readParquet(path, source);
  if (kind === 'csv') return readCsv(path, source, ',');
  if (kind === 'tsv') return readCsv(path, source, '\t');
  if (source.groupBy !== undefined || source.value !== undefined) {
    throw new DataError(
      source.file,
      'holds whole lists: leave groupBy and value out, they are for parquet and CSV',
    );
  }
  return kind === 'json' ? readJson(path, source.file) : readNdjson(path, source.file);
}

function summary(name: string, { keys, offsets, values }: Columns, missing: number): DataSummary {
  let shortest = Number.POSITIVE_INFINITY;
  let longest = 0;
  for (let key = 0; key < keys.length; key++) {
    const length = offsets[key + 1] - offsets[key];
    if (length < shortest) shortest = length;
    if (length > longest) longest = length;
  }
  return { name, keys: keys.length, elements: values.length, missing, shortest, longest };
}
