import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import type { Columns } from '../contract/dictionary.js';
import { checkColumns } from './columns.js';

/*
 * Real data is parsed once per run and written to a columns file, which every cell's process reads. Numbers are in this
 * machine's byte order: the file lives no longer than the run.
 *
 *   bytes  0 to 7   magic
 *          8 to 11  version, 32 bits
 *         12 to 15  number of keys, 32 bits
 *         16 to 19  number of values, 32 bits
 *         20 to 23  bytes of the keys, 32 bits
 *   then  offsets (32 bits each, keys + 1), values (64 bits each), keys (a JSON array in UTF-8)
 */
const magic = Buffer.from('BRKEVEN\n', 'latin1');
const version = 1;
const headerBytes = 24;

/** The part of a file that a cell wants: axes on real data. */
interface ColumnsLimit {
  /** The first so many keys. */
  readonly keys?: number;
  /** At most so many numbers of each list, the first ones. */
  readonly length?: number;
}

/** Writes or overwrites the file. Throws a RangeError for columns that are not whole, and the errors of node:fs. */
export function writeColumnsFile(path: string, columns: Columns): void {
  checkColumns(columns);
  const keys = Buffer.from(JSON.stringify(columns.keys));
  const counts = new Uint32Array([version, columns.keys.length, columns.values.length, keys.length]);
  const descriptor = openSync(path, 'w');
  try {
    for (const part of [magic, counts, columns.offsets, columns.values, keys]) writeAll(descriptor, part);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Reads the file into fresh memory, each array with a buffer of its own: a view into a shared one would drag the whole
 * file along when a strategy sends it to a worker.
 * Throws an Error where the file is of another kind or version or cut off, a RangeError for a limit that is no whole
 * number from 1. Limits beyond the data take all there is.
 */
export function readColumnsFile(path: string, limit: ColumnsLimit = {}): Columns {
  checkLimit('keys', limit.keys);
  checkLimit('length', limit.length);
  const descriptor = openSync(path, 'r');
  try {
    const header = readHeader(descriptor, path);
    const size = Math.min(header.keys, limit.keys ?? header.keys);
    const offsetsAt = headerBytes;
    const valuesAt = offsetsAt + (header.keys + 1) * Uint32Array.BYTES_PER_ELEMENT;
    const keysAt = valuesAt + header.values * Float64Array.BYTES_PER_ELEMENT;

    const offsets = readAll(descriptor, new Uint32Array(size + 1), offsetsAt);
    const values = readAll(descriptor, new Float64Array(offsets[size]), valuesAt);
    const json = readAll(descriptor, Buffer.alloc(header.keyBytes), keysAt).toString('utf8');
    const keys = (JSON.parse(json) as string[]).slice(0, size);
    const columns = { keys, offsets, values };
    return limit.length === undefined ? columns : shortened(columns, limit.length);
  } finally {
    closeSync(descriptor);
  }
}

function readHeader(descriptor: number, path: string) {
  const bytes = new Uint8Array(headerBytes);
  readSync(descriptor, bytes, 0, headerBytes, 0);
  if (magic.compare(bytes, 0, magic.length) !== 0) throw new Error(`${path} is not a columns file`);
  const [found, keys, values, keyBytes] = new Uint32Array(bytes.buffer, magic.length, 4);
  if (found !== version)
    throw new Error(`${path} is a columns file of version ${found}; this is version ${version}`);
  const expected = headerBytes + (keys + 1) * 4 + values * 8 + keyBytes;
  const { size } = fstatSync(descriptor);
  if (size !== expected) throw new Error(`${path} is cut off: ${size} of ${expected} bytes`);
  return { keys, values, keyBytes };
}

/** The first `most` numbers of each list. */
function shortened({ keys, offsets, values }: Columns, most: number): Columns {
  const ends = new Uint32Array(offsets.length);
  for (let key = 0; key < keys.length; key++) {
    ends[key + 1] = ends[key] + Math.min(most, offsets[key + 1] - offsets[key]);
  }
  const kept = new Float64Array(ends[keys.length]);
  for (let key = 0; key < keys.length; key++) {
    const length = ends[key + 1] - ends[key];
    // Short lists by hand: subarray and set cost as much as copying a hundred numbers.
    if (length > 100) kept.set(values.subarray(offsets[key], offsets[key] + length), ends[key]);
    else for (let index = 0; index < length; index++) kept[ends[key] + index] = values[offsets[key] + index];
  }
  return { keys, offsets: ends, values: kept };
}

function checkLimit(name: string, value: number | undefined): void {
  if (value === undefined || (Number.isInteger(value) && value >= 1)) return;
  throw new RangeError(`${name} must be a whole number from 1, not ${value}`);
}

/** One call writes or reads 2 GiB at most, and may do less than it was asked for. */
const maxBytesPerCall = 2 ** 30;

/** Writes all bytes of a part, from where the file stands. */
export function writeAll(descriptor: number, part: NodeJS.ArrayBufferView): void {
  for (let done = 0; done < part.byteLength; ) {
    done += writeSync(descriptor, part, done, Math.min(maxBytesPerCall, part.byteLength - done));
  }
}

/** Fills a part from a place of the file on. Throws an Error where the file ends before. */
export function readAll<Part extends NodeJS.ArrayBufferView>(
  descriptor: number,
  part: Part,
  position: number,
): Part {
  for (let done = 0; done < part.byteLength; ) {
    const length = Math.min(maxBytesPerCall, part.byteLength - done);
    const count = readSync(descriptor, part, done, length, position + done);
    if (count === 0) throw new Error('the file became shorter while it was read');
    done += count;
  }
  return part;
}
