import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { InputError } from '../contract/errors.js';

/**
 * Appends to a regular file that somebody named, and makes it where it is missing. Never waits for a reader: a FIFO, a
 * device and a socket are refused with an InputError. Throws what the system says where it cannot be written.
 */
export function appendToRegularFile(path: string, text: string): void {
  const file = openToAppend(path, constants.O_WRONLY);
  try {
    writeWhole(file, text);
  } finally {
    closeSync(file);
  }
}

/** What a last line without an end is: whole but for its end, cut off while we wrote it, or somebody else's. */
export type Tail = 'whole' | 'torn' | 'foreign';

/**
 * Appends lines to such a file, all of them or none. A line that a killed process left without its end is taken away
 * first, so that it never comes to stand in the middle. Throws an InputError where the last line is not ours to take
 * away; the caller holds a lock.
 */
export function appendWholeLines(
  path: string,
  lines: readonly string[],
  judgeTail: (tail: string) => Tail,
): void {
  const file = openToAppend(path, constants.O_RDWR);
  try {
    const { size } = fstatSync(file);
    const tail = readTail(file, size);
    const kind = tail.length === 0 ? 'whole' : judgeTail(tail.toString('utf8'));
    if (kind === 'foreign')
      throw new InputError(`${path}: its last line has no end, and is none of ours. Is it the right file?`);
    const end = kind === 'torn' ? size - tail.length : size;
    if (end < size) ftruncateSync(file, end);
    try {
      writeWhole(
        file,
        [...(end > 0 && tail.length > 0 && kind === 'whole' ? [''] : []), ...lines, ''].join('\n'),
      );
      fsyncSync(file);
    } catch (cause) {
      // A full disk: what was written of them goes again.
      ftruncateSync(file, end);
      throw cause;
    }
  } finally {
    closeSync(file);
  }
}

function openToAppend(path: string, access: number): number {
  const { O_APPEND, O_CREAT, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
  const file = openSync(path, access | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY, 0o666);
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  throw new InputError(`${path} is no regular file: name another one.`);
}

function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

const chunkBytes = 2 ** 16;

/** What stands behind the last end of a line; empty where the file ends with one. */
function readTail(file: number, size: number): Buffer {
  let tail = Buffer.alloc(0);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - chunkBytes);
    const chunk = Buffer.alloc(end - start);
    readSync(file, chunk, 0, chunk.length, start);
    const at = chunk.lastIndexOf(0x0a);
    tail = Buffer.concat([chunk.subarray(at + 1), tail]);
    if (at >= 0) break;
    end = start;
  }
  return tail;
}
