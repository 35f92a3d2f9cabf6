import { constants } from 'node:buffer';
import { UserError } from '../contract/errors.js';
import { openRegularFile, readRegularFile } from '../files/read-file.js';
import { DataError } from './data-error.js';

/** The bytes of a file. Throws a DataError where it cannot be read, or is larger than Node reads in one piece (2 GiB). */
export function readWhole(path: string, file: string): Buffer {
  try {
    const { bytes, close } = openRegularFile(path, file);
    close();
    if (bytes >= 2 ** 31) throw new DataError(file, 'is larger than 2 GiB: convert it to parquet');
    return readRegularFile(path, 2 ** 31, file);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new DataError(file, `cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** A piece of a file as text. Throws a DataError where it is longer than a string can be (512 MiB). */
export function textOf(bytes: Buffer, from: number, to: number, where: string, file: string): string {
  if (to - from > constants.MAX_STRING_LENGTH)
    throw new DataError(
      file,
      `${where}: it has ${to - from} bytes, more than a text can have: convert it to parquet`,
    );
  return bytes.toString('utf8', from, to);
}
