import { readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { DataSource } from '../contract/scenario.js';
import { openRegularFile } from '../files/read-file.js';
import { DataError, shown } from './data-error.js';
import type { ParquetMessage, ParquetOrder } from './data-parquet.js';
import { namedColumns, type RawData, rowGroups } from './group-rows.js';

/*
 * Entry of the thread that decodes one parquet file. A file that was damaged, or made to do harm, can make a decoder turn
 * for ever or fill arrays without an end: here that costs a thread and never the process.
 */
const say = (message: ParquetMessage, transfer: ArrayBuffer[] = []) =>
  parentPort?.postMessage(message, transfer);

readRowGroups(workerData as ParquetOrder).then(
  ({ columns, missing }) => {
    const { keys, offsets, values } = columns;
    say({ type: 'read', data: { columns: { keys, offsets, values }, missing } }, [
      offsets.buffer as ArrayBuffer,
      values.buffer as ArrayBuffer,
    ]);
  },
  (cause: unknown) => {
    const message = cause instanceof Error ? cause.message : String(cause);
    say(
      cause instanceof DataError
        ? { type: 'refused', message }
        : { type: 'broken', reason: message.slice(0, 1_000) },
    );
  },
);

/** Two columns, one row group after the other, so that only one group's decoded rows are held at a time. */
async function readRowGroups({ path, source }: ParquetOrder): Promise<RawData> {
  const { parquetMetadataAsync, parquetScan, parquetSchema } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const opened = openRegularFile(path, source.file);
  try {
    const file = slicesOf(opened);
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
      say({ type: 'progress' });
    }
    return rows.finish();
  } finally {
    opened.close();
  }
}

/** Never more than the file has, whatever its table of contents says. */
function slicesOf({ file, bytes }: { readonly file: number; readonly bytes: number }) {
  return {
    byteLength: bytes,
    slice: (start: number, end = bytes): ArrayBuffer => {
      if (!(start >= 0 && end >= start && end <= bytes))
        throw new Error(`it points to bytes ${start} to ${end}, and has ${bytes}`);
      const piece = new Uint8Array(end - start);
      for (let at = 0; at < piece.length; ) {
        const read = readSync(file, piece, at, piece.length - at, start + at);
        if (read === 0) throw new Error('it became shorter while it was read');
        at += read;
      }
      return piece.buffer;
    },
  };
}

function asKey(cell: unknown): string | undefined {
  if (typeof cell === 'string') return cell;
  if (cell === null || cell === undefined) return undefined;
  return cell instanceof Date ? dateText(cell) : String(cell);
}

function dateText(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'invalid date' : date.toISOString();
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
