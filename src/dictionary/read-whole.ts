import { readFileSync } from 'node:fs';
import { DataError } from './data-error.js';

/** The bytes of a file. Throws a DataError where it cannot be read, or is larger than Node reads in one piece (2 GiB). */
export function readWhole(path: string, file: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_FS_FILE_TOO_LARGE') {
      throw new DataError(file, 'is larger than 2 GiB: convert it to parquet', { cause });
    }
    throw new DataError(file, `cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
