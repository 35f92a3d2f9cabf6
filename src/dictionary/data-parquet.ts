import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { DataSource } from '../contract/scenario.js';
import { DataError, shown } from './data-error.js';
import { type RawData, rowGroups } from './group-rows.js';
import { namedColumns } from './named-columns.js';

/** Reads two columns, one row group after the other, so that only one group's decoded rows are held at a time. */
export async function readParquet(path: string, source: DataSource): Promise<RawData> {
  checkLastBytes(path, source.file);
  try {
    return await readRowGroups(path, source);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(source.file, `cannot be read as parquet: ${reason}`, { cause });
  }
}

async function readRowGroups(path: string, source: DataSource): Promise<RawData> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetScan, parquetSchema } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const present = parquetSchema(metadata).children.map((column) => column.element.name);
  const { groupBy, value } = namedColumns(source, present);

  const rows = rowGroups();
  const scan = await parquetScan({ file, metadata, compressors, columns: [groupBy, value] });
  for (const { rowStart, rowEnd } of scan.ranges) {
    const keys = await scan.readColumn({ column: groupBy, rowStart, rowEnd });
    const values = await scan.readColumn({ column: value, rowStart, rowEnd });
    for (let index = 0; index < values.length; index++) {
      rows.add(asKey(keys[index]), asNumber(values[index], rowStart + index, source));
    }
  }
  return rows.finish();
}

function asKey(cell: unknown): string | undefined {
  if (typeof cell === 'string') return cell;
  if (cell === null || cell === undefined) return undefined;
  return cell instanceof Date ? cell.toISOString() : String(cell);
}

function asNumber(cell: unknown, row: number, source: DataSource): number | undefined {
  if (typeof cell === 'number') return cell;
  if (cell === null || cell === undefined) return undefined;
  const where = `column '${source.value}', row ${row}`;
  if (typeof cell !== 'bigint') {
    throw new DataError(
      source.file,
      `${where}: expected a number, found ${shown(cell)}; name a column of numbers`,
    );
  }
  const number = Number(cell);
  if (!Number.isSafeInteger(number)) {
    throw new DataError(
      source.file,
      `${where}: ${cell} is beyond 2^53 and would be rounded; store the column as double`,
    );
  }
  return number;
}

/** A parquet file keeps its table of contents at the end, then PAR1 again: what a download that broke off lacks. */
function checkLastBytes(path: string, file: string): void {
  const { size } = statSync(path);
  const tail = Buffer.alloc(4);
  const descriptor = openSync(path, 'r');
  try {
    readSync(descriptor, tail, 0, 4, Math.max(0, size - 4));
  } finally {
    closeSync(descriptor);
  }
  if (size < 12 || tail.toString('latin1') !== 'PAR1') {
    throw new DataError(
      file,
      `is cut off after ${size} bytes: it does not end with PAR1 as every parquet file does; fetch it again`,
    );
  }
}
