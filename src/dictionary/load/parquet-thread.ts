import { readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openRegularFile } from '../../files/read-file.js';
import { DataError, shown } from './data-error.js';
import { keyOf } from './json.js';
import { NumberReader } from './numbers.js';
import type { ParquetMessage, ParquetOrder, ParquetRead } from './parquet.js';
import { chooseColumns, collect } from './rows.js';

/*
 * Entry of the thread that decodes one parquet file. A file that was damaged, or made to do harm, can make a decoder turn
 * for ever or fill arrays without an end: here that costs a thread and never the process.
 */
const say = (message: ParquetMessage, transfer: ArrayBuffer[] = []) =>
  parentPort?.postMessage(message, transfer);

readRowGroups(workerData as ParquetOrder).then(
  (data) => {
    const { offsets, values } = data.columns;
    say({ type: 'read', data }, [offsets.buffer as ArrayBuffer, values.buffer as ArrayBuffer]);
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

/** A few columns, one row group after the other, so that only one group's decoded rows are held at a time. */
async function readRowGroups({ path, source }: ParquetOrder): Promise<ParquetRead> {
  const { parquetMetadataAsync, parquetScan, parquetSchema } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const opened = openRegularFile(path, source.file);
  const numbers = new NumberReader(source);
  try {
    const file = slicesOf(opened);
    const metadata = await parquetMetadataAsync(file);
    const { children } = parquetSchema(metadata);
    const present = children.map((column) => column.element.name);
    const chosen = chooseColumns(source, present);
    const rows = collect();
    const scales = new Map(chosen.values.map(({ at }) => [at, scaleOf(children[at].element)] as const));
    // Its own column, by name: a column's name stands once in parquet.
    const places = [...(chosen.key === undefined ? [] : [chosen.key]), ...chosen.values.map(({ at }) => at)];
    const columns = places.map((at) => present[at]);
    const scan = await parquetScan({ file, metadata, compressors, columns, utf8: false, parsers });
    if (chosen.key === undefined && chosen.values.length > 1)
      throw new DataError(
        source.file,
        'is parquet: several columns need a key, name it with groupBy (--group-by)',
      );
    if (chosen.key === undefined) rows.beginList(chosen.values[0].name);
    for (const { rowStart, rowEnd } of scan.ranges) {
      const read = (at: number) => scan.readColumn({ column: present[at], rowStart, rowEnd });
      const keys = chosen.key === undefined ? undefined : await read(chosen.key);
      for (const { at, name } of chosen.values) {
        const values = await read(at);
        const scale = scales.get(at);
        for (let index = 0; index < values.length; index++) {
          const where = () => `column ${shown(name)}, row ${rowStart + index + 1}`;
          const own =
            keys &&
            keyOf(
              keyText(keys[index], where, source.file),
              `column ${shown(source.groupBy)}, row ${rowStart + index + 1}`,
              source.file,
            );
          const key = own === undefined || chosen.values.length === 1 ? own : `${own} · ${name}`;
          const cell = scaled(values[index], scale);
          if (isList(cell) && keys !== undefined) {
            rows.addKey(key);
            for (const each of cell) rows.addRow(key, numbers.fromValue(scaled(each, scale), where));
          } else if (keys === undefined) rows.addNumber(numbers.fromValue(cell, where));
          else rows.addRow(key, numbers.fromValue(cell, where));
        }
      }
      say({ type: 'progress' });
    }
    numbers.check();
    return {
      ...rows.finish(),
      notFinite: numbers.notFinite,
      rounded: numbers.rounded,
      words: [...numbers.missing],
    };
  } finally {
    opened.close();
  }
}

function isList(cell: unknown): cell is ArrayLike<unknown> & Iterable<unknown> {
  return (
    Array.isArray(cell) ||
    (ArrayBuffer.isView(cell) && !(cell instanceof Uint8Array) && !(cell instanceof DataView))
  );
}

/** What a decimal column is divided by, as a power of ten. It is read as it is stored from here on. */
function scaleOf(element: {
  converted_type?: unknown;
  logical_type?: { type?: string } | undefined;
  scale?: number;
}): number | undefined {
  if (element.converted_type !== 'DECIMAL' && element.logical_type?.type !== 'DECIMAL') return undefined;
  const { scale = 0 } = element;
  element.converted_type = undefined;
  element.logical_type = undefined;
  return scale;
}

/** The largest power of ten that a double holds exactly. */
const largestExactPower = 22;

/** A decimal is the double that is nearest to it, as its text would be. */
function scaled(cell: unknown, scale: number | undefined): unknown {
  if (scale === undefined || cell === null || cell === undefined || isList(cell)) return cell;
  const whole = cell instanceof Uint8Array ? bigEndian(cell) : BigInt(cell as number | bigint);
  if (scale === 0) return whole;
  const number = Number(whole);
  if (Number.isSafeInteger(number) && scale <= largestExactPower) return number / 10 ** scale;
  const digits = `${whole < 0n ? -whole : whole}`.padStart(scale + 1, '0');
  return Number(`${whole < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
}

/** Two's complement, most significant byte first. */
function bigEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(bytes.length * 8, value);
}

const strictText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const parsers = {
  // What cannot be decoded stays bytes: as keys these are refused, where replaced ones would be equal.
  stringFromBytes: (bytes: Uint8Array) => {
    try {
      return bytes && strictText.decode(bytes);
    } catch {
      return bytes;
    }
  },
  jsonFromBytes: (bytes: Uint8Array) => bytes && strictText.decode(bytes),
  timestampFromMilliseconds: (millis: bigint) => timeText(millis, 3),
  timestampFromMicroseconds: (micros: bigint) => timeText(micros, 6),
  timestampFromNanoseconds: (nanos: bigint) => timeText(nanos, 9),
};

/** ISO 8601 with all the digits that there are. */
function timeText(since: bigint, digits: 3 | 6 | 9): string {
  const perSecond = 10n ** BigInt(digits);
  const fraction = BigInt.asIntN(64, ((since % perSecond) + perSecond) % perSecond);
  const date = new Date(Number((since - fraction) / perSecond) * 1_000);
  if (Number.isNaN(date.getTime())) return `${since}`;
  return `${date.toISOString().slice(0, -5)}.${`${fraction}`.padStart(digits, '0')}Z`;
}

/** What may be a key, as text that tells apart what differs. */
function keyText(cell: unknown, where: () => string, file: string): unknown {
  if (typeof cell === 'bigint') return `${cell}`;
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? 'invalid date' : cell.toISOString();
  if (!(cell instanceof Uint8Array)) return cell;
  try {
    return strictText.decode(cell);
  } catch (cause) {
    throw new DataError(
      file,
      `${where()}: its key is bytes that are no text; name a column of text or numbers`,
      { cause },
    );
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
