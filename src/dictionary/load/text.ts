import { TextDecoder } from 'node:util';
import type { Chunks } from './bytes.js';
import { DataError } from './data-error.js';

/** Byte order marks: they say what text is, whatever it is said to be. */
const marks = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const;

const newline = 0x0a;

/** The encodings that are likely where text is not UTF-8. */
const likely = 'latin1 (as Excel and older programs write it), utf-16le or shift_jis';

/**
 * Decodes text that comes in pieces. Nothing is replaced: bytes that are no text in this encoding are a DataError that names
 * the line, since two different keys could become one.
 * `encoding`: as the WHATWG names it, UTF-8 where absent. Throws a DataError for one that does not exist.
 */
export async function* decodeText(
  chunks: Chunks,
  encoding: string | undefined,
  file: string,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let named = 'UTF-8';
  let lines = 0;
  for await (const chunk of chunks) {
    if (decoder === undefined) {
      const mark = marks.find(({ bytes }) => bytes.every((byte, at) => chunk[at] === byte));
      decoder = makeDecoder(mark?.encoding ?? encoding, file);
      named = decoder.encoding.toUpperCase();
      if (mark === undefined && encoding === undefined) checkForUtf16(chunk, file);
    }
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch (cause) {
      const line = lines + linesBefore(chunk, decoder.encoding) + 1;
      throw new DataError(
        file,
        `line ${line} is not ${named}: it has bytes that are no text there. Say what it is written in with --encoding: ${likely}`,
        { cause },
      );
    }
    lines += countLines(chunk, chunk.length);
    if (text !== '') yield text;
  }
  if (decoder === undefined) return;
  try {
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  } catch (cause) {
    throw new DataError(
      file,
      `is cut off in the middle of a character, in line ${lines + 1}: fetch it again`,
      { cause },
    );
  }
}

function makeDecoder(encoding: string | undefined, file: string): TextDecoder {
  try {
    return new TextDecoder(encoding ?? 'utf-8', { fatal: true });
  } catch (cause) {
    throw new DataError(
      file,
      `--encoding ${encoding}: there is no such encoding; there are utf-8, latin1, utf-16le, utf-16be, windows-1252, shift_jis, gb18030 and others`,
      { cause },
    );
  }
}

/** Every second byte of English text in UTF-16 is zero; no other text has any. */
function checkForUtf16(chunk: Uint8Array, file: string): void {
  const head = chunk.subarray(0, 1_000);
  const zeroes = [0, 1].map((odd) => head.filter((byte, at) => byte === 0 && at % 2 === odd).length);
  if (Math.max(...zeroes) * 5 < head.length) return;
  throw new DataError(
    file,
    `has a zero byte beside nearly every letter, as UTF-16 has: say --encoding ${zeroes[1] >= zeroes[0] ? 'utf-16le' : 'utf-16be'}`,
  );
}

/** Line ends before the first bytes that are no text. */
function linesBefore(chunk: Uint8Array, encoding: string): number {
  // What belongs to a character that began in the piece before.
  let begin = 0;
  if (encoding === 'utf-8') while (begin < 3 && (chunk[begin] & 0xc0) === 0x80) begin++;
  const isText = (end: number) => {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(chunk.subarray(begin, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let [good, bad] = [begin, chunk.length];
  if (isText(bad)) return 0;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isText(middle)) good = middle;
    else bad = middle;
  }
  return countLines(chunk, good);
}

function countLines(chunk: Uint8Array, end: number): number {
  let lines = 0;
  for (let at = 0; at < end; at++) if (chunk[at] === newline) lines++;
  return lines;
}
