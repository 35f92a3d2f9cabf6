import { readSync, writeSync } from 'node:fs';

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
