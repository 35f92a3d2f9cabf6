import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs';
import { InputError } from '../contract/errors.js';

/**
 * Appends to a regular file that somebody named, and makes it where it is missing. Never waits for a reader: a FIFO, a
 * device and a socket are refused with an InputError. Throws what the system says where it cannot be written.
 */
export function appendToRegularFile(path: string, text: string): void {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
  const file = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY, 0o666);
  try {
    if (!fstatSync(file).isFile()) throw new InputError(`${path} is no regular file: name another one.`);
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } finally {
    closeSync(file);
  }
}
