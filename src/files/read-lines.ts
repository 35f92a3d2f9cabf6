import { readSync } from 'node:fs';
import { InputError } from '../contract/errors.js';
import { openRegularFile } from './read-file.js';

const chunkBytes = 2 ** 20;

/** What was read of a file of lines. */
export interface LinesRead {
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
