import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { InputError, RunError } from '../contract/errors.js';

/** A regular file that is open for reading. */
export interface OpenFile {
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
      return 'does not exist.';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read: it is not yours.';
    case 'ENXIO':
      return 'is a socket or device: name a regular file.';
    case 'EISDIR':
      return 'is a folder: name a file in it.';
    default:
      return `cannot be opened: ${message}`;
  }
}

function kindOf(found: ReturnType<typeof fstatSync>): string {
  if (found?.isDirectory()) return 'a folder';
  if (found?.isFIFO()) return 'a pipe (FIFO)';
  if (found?.isSocket()) return 'a socket';
  return 'a device';
}
