import { createHash, type Hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { InputError, RunError } from '../contract/errors.js';

/** What is read at a time of a file that may be large. */
const chunkBytes = 2 ** 20;

/** A regular file that is open for reading. */
interface OpenFile {
  readonly file: number;
  readonly bytes: number;
  close(): void;
}

/**
 * Opens a file that somebody named. Never waits: a FIFO without a writer, a device, a socket and a folder are refused
 * with an InputError that begins with `what`, as is what does not exist or is not ours to read. Throws a RunError where
 * the machine opens no further file.
 */
export function openRegularFile(path: string, what = path): OpenFile {
  const file = openWithoutWaiting(path, what);
  const found = fstatSync(file);
  if (!found.isFile()) {
    closeSync(file);
    throw new InputError(`${what} is ${kindOf(found)}: name a regular file.`);
  }
  return { file, bytes: found.size, close: () => closeSync(file) };
}

/** The whole of a regular file. Throws an InputError as `openRegularFile` does, and where it has more than `mostBytes`. */
export function readRegularFile(path: string, mostBytes: number, what = path): Buffer {
  const { file, bytes, close } = openRegularFile(path, what);
  try {
    if (bytes > mostBytes)
      throw new InputError(
        `${what} has ${bytes} bytes, and at most ${mostBytes} are read: is it the right file?`,
      );
    const content = Buffer.alloc(bytes);
    let at = 0;
    while (at < bytes) {
      const read = readSync(file, content, at, bytes - at, at);
      if (read === 0) break;
      at += read;
    }
    return content.subarray(0, at);
  } finally {
    close();
  }
}

/** What the machine refuses whatever is named. */
const ofTheMachine: readonly string[] = ['EMFILE', 'ENFILE', 'ENOMEM', 'EIO', 'EAGAIN'];

function openWithoutWaiting(path: string, what: string): number {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0));
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    if (ofTheMachine.includes(code))
      throw new RunError(
        `${what} could not be opened: ${message}. Nothing is wrong with its name: try again.`,
        { cause },
      );
    throw new InputError(`${what} ${whyNotOpened(cause as NodeJS.ErrnoException)}`, { cause });
  }
}

function whyNotOpened({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return 'does not exist. Check its path: it begins in the folder that you are in.';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read: it is not yours.';
    case 'ENXIO':
      return 'is a socket or device: name a regular file.';
    case 'EISDIR':
      return 'is a folder: name a file in it.';
    default:
      return `cannot be opened: ${message}. Check the way to it, or name another file.`;
  }
}

function kindOf(found: ReturnType<typeof fstatSync>): string {
  if (found?.isDirectory()) return 'a folder';
  if (found?.isFIFO()) return 'a pipe (FIFO)';
  if (found?.isSocket()) return 'a socket';
  return 'a device';
}

/** What was read of a file of lines. */
interface LinesRead {
  /** Up to the end of the last line that has one. */
  readonly wholeBytes: number;
  /** The file when it was read. More than `wholeBytes` where the last line was torn off. */
  readonly fileBytes: number;
}

/**
 * Hands over the lines of a regular file one by one, without their ends, with their numbers from 1. A torn last line is
 * left out. However large the file is, only one line of it is in memory. Throws an InputError as `openRegularFile` does,
 * and where a line has more than `mostBytes`.
 */
export function readFileLines(
  path: string,
  mostBytes: number,
  onLine: (line: string, number: number) => void,
): LinesRead {
  const { file, close } = openRegularFile(path);
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    // Of the line at hand, what earlier chunks had of it.
    let begun: Buffer[] = [];
    let begunBytes = 0;
    let number = 0;
    let fileBytes = 0;
    for (;;) {
      const read = readSync(file, chunk, 0, chunkBytes, fileBytes);
      if (read === 0) return { wholeBytes: fileBytes - begunBytes, fileBytes };
      let from = 0;
      for (let end = lineEnd(chunk, from, read); end >= 0; end = lineEnd(chunk, from, read)) {
        const rest = chunk.subarray(from, end);
        const line = begun.length === 0 ? rest : Buffer.concat([...begun, rest]);
        number++;
        onLine(line.toString('utf8'), number);
        begun = [];
        begunBytes = 0;
        from = end + 1;
      }
      if (from < read) begun.push(Buffer.from(chunk.subarray(from, read)));
      begunBytes += read - from;
      fileBytes += read;
      if (begunBytes > mostBytes)
        throw new InputError(
          `${path}, line ${number + 1}: it has more than ${mostBytes} bytes, and no line of ours does. Is it the right file?`,
        );
    }
  } finally {
    close();
  }
}

function lineEnd(chunk: Buffer, from: number, to: number): number {
  const at = chunk.indexOf(0x0a, from);
  return at < to ? at : -1;
}

/** Nobody's code is longer; of a file that is, the beginning and the length are digested. */
const mostBytes = 2 ** 28;
/** SHA-256 of a regular file, in hex. Throws as `openRegularFile` does. */
export function digestFile(path: string): string {
  const hash = createHash('sha256');
  const { file, bytes, close } = openRegularFile(path);
  try {
    readInto(hash, file);
    if (bytes > mostBytes) hash.update(`… of ${bytes} bytes`);
  } finally {
    close();
  }
  return hash.digest('hex');
}

function readInto(hash: Hash, file: number): void {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  for (let at = 0; at < mostBytes; ) {
    const read = readSync(file, chunk, 0, chunkBytes, at);
    if (read === 0) return;
    hash.update(chunk.subarray(0, read));
    at += read;
  }
}
