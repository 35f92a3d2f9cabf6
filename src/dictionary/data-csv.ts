import { createReadStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { DataSource } from '../contract/scenario.js';
import { openRegularFile } from '../files/read-file.js';
import { DataError, shown } from './data-error.js';
import { namedColumns, type RawData, rowGroups } from './group-rows.js';

const decimalNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Of a row, or of a quoted field that was never closed. */
const mostRecordBytes = 2 ** 20;

/**
 * Reads a table whose first line names the columns. An empty field is missing; any other must be a number from its
 * first character to its last, spaces around it aside.
 */
export async function readCsv(path: string, source: DataSource, delimiter: string): Promise<RawData> {
  const { parse } = await import('csv-parse');
  const rows = rowGroups();
  let keyAt = -1;
  let valueAt = -1;

  function addRecord(record: readonly string[], line: number): void {
    if (keyAt < 0) {
      const { groupBy, value } = namedColumns(source, record);
      keyAt = record.indexOf(groupBy);
      valueAt = record.indexOf(value);
      return;
    }
    const key = record[keyAt];
    const text = record[valueAt].trim();
    rows.add(
      key === '' ? undefined : key,
      text === '' ? undefined : strictNumber(text, key, line, source.file),
    );
  }

  const parser = parse({
    delimiter,
    bom: true,
    skip_empty_lines: true,
    // A quote that is never closed would have the rest of the file for one record.
    max_record_size: mostRecordBytes,
    // Handling a record here and passing nothing on spares a trip through the stream's queue for each.
    on_record: (record: string[], context) => {
      addRecord(record, context.lines);
      return null;
    },
  });
  const { file, bytes } = openRegularFile(path, source.file);
  const input = createReadStream('', { fd: file, ...(bytes > 0 ? { end: bytes - 1 } : {}) });
  input.on('error', (cause) => parser.destroy(cause));
  input.pipe(parser).resume();
  try {
    await finished(parser);
  } catch (cause) {
    throw asDataError(cause, source.file);
  } finally {
    input.destroy();
  }
  return rows.finish();
}

function strictNumber(text: string, key: string, line: number, file: string): number {
  // 1e999 looks like a number, and becomes Infinity.
  if (decimalNumber.test(text) && Number.isFinite(Number(text))) return Number(text);
  throw new DataError(
    file,
    `row ${line} (key ${shown(key)}): expected a number, found ${shown(text)}; leave the field empty where a value is missing`,
  );
}

function asDataError(cause: unknown, file: string): unknown {
  if (cause instanceof DataError || !(cause instanceof Error)) return cause;
  if ('code' in cause && cause.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new DataError(file, `ends inside a quoted field: it seems to be cut off (${cause.message})`, {
      cause,
    });
  }
  return new DataError(file, `cannot be read as a table: ${cause.message}`, { cause });
}
