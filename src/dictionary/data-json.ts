import { constants } from 'node:buffer';
import { maxElements, maxKeys } from '../contract/axes.js';
import { UserError } from '../contract/errors.js';
import { openRegularFile, readRegularFile } from '../files/read-file.js';
import { brief, DataError, shown } from './data-error.js';
import type { RawData } from './group-rows.js';

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Reads `{"key": [numbers], …}`. The outer object is walked by hand and only each list goes through JSON.parse: that
 * keeps keys that look like integers in their order, sees keys that appear twice, takes files larger than a string can
 * be, and knows in which key a file was cut.
 */
export function readJson(path: string, file: string): RawData {
  const bytes = readWhole(path, file);
  const lists = appendedLists();
  let at = skipSpace(bytes, bytes[0] === 0xef ? 3 : 0);
  if (bytes[at] !== openBrace) throw notAnObject(bytes, at, file);
  at = skipSpace(bytes, at + 1);
  let key = '';
  while (bytes[at] !== closeBrace) {
    [key, at] = readKey(bytes, at, key, file);
    at = readList(bytes, at, key, file, lists.add);
    at = skipSpace(bytes, at);
    if (bytes[at] === comma) at = skipSpace(bytes, at + 1);
    else if (bytes[at] !== closeBrace)
      throw broken(bytes, at, `after key ${shown(key)}`, 'a comma or }', file);
  }
  at = skipSpace(bytes, at + 1);
  if (at < bytes.length) {
    throw new DataError(
      file,
      `goes on after the end of its object, at byte ${at}; if there is one object per line, name it .ndjson`,
    );
  }
  return lists.finish();
}

/** The key at `at`, and where its value begins. */
function readKey(bytes: Buffer, at: number, before: string, file: string): [string, number] {
  const where = before === '' ? 'at its first key' : `after key ${shown(before)}`;
  if (bytes[at] !== quote) throw broken(bytes, at, where, 'a key in double quotes', file);
  let end = at + 1;
  while (end < bytes.length && bytes[end] !== quote) end += bytes[end] === backslash ? 2 : 1;
  if (end >= bytes.length) throw broken(bytes, bytes.length, where, 'the end of a key', file);
  let key: string;
  try {
    key = JSON.parse(textOf(bytes, at, end + 1, where, file));
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError(file, `is not JSON ${where}: the key at byte ${at} cannot be read`, { cause });
  }
  const colon = skipSpace(bytes, end + 1);
  if (bytes[colon] !== 0x3a) throw broken(bytes, colon, `after key ${shown(key)}`, 'a colon', file);
  return [key, skipSpace(bytes, colon + 1)];
}

/** Hands the list at `at` to `add`; returns where it ends. */
function readList(
  bytes: Buffer,
  at: number,
  key: string,
  file: string,
  add: (key: string, list: unknown) => void,
): number {
  if (bytes[at] !== openBracket) throw broken(bytes, at, `key ${shown(key)}`, 'an array of numbers', file);
  // The first bracket that closes ends a list of numbers; if it stands in a string or in an array, that is the error.
  const close = bytes.indexOf(closeBracket, at);
  const text = textOf(bytes, at + 1, close < 0 ? bytes.length : close, `key ${shown(key)}`, file);
  if (close < 0) {
    throw new DataError(
      file,
      `is cut off in the list of key ${shown(key)}, index ${firstBadIndex(text, true)}: fetch it again`,
    );
  }
  let list: unknown;
  try {
    list = JSON.parse(`[${text}]`);
  } catch (cause) {
    throw new DataError(file, badElement(key, text), { cause });
  }
  try {
    add(key, list);
  } catch (cause) {
    throw new DataError(file, (cause as RangeError).message, { cause });
  }
  return close + 1;
}

function badElement(key: string, text: string): string {
  const index = firstBadIndex(text, false);
  const found = (text.split(',', index + 1).at(index) ?? '').trim();
  const hint = /^[+-]?(nan|inf(inity)?)$/i.test(found)
    ? 'JSON has no NaN and no Infinity: write null where a value is missing'
    : 'write numbers without quotes, and null where a value is missing';
  return `key ${shown(key)}, index ${index}: expected a number, found ${brief(found) || 'nothing'}; ${hint}`;
}

/** Index of the first piece between commas that is no JSON number and not null; of the last one where the list is cut. */
function firstBadIndex(text: string, cut: boolean): number {
  const pieces = text.split(',');
  const bad = pieces.findIndex((piece) => !/^\s*(-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?|null)\s*$/i.test(piece));
  return bad >= 0 && !cut ? bad : pieces.length - 1;
}

function notAnObject(bytes: Buffer, at: number, file: string): DataError {
  if (bytes[at] === openBracket) {
    return new DataError(
      file,
      'is a JSON array; expected an object of number arrays, {"key": [1, 2, 3]} (rows can be read from CSV or parquet)',
    );
  }
  return broken(bytes, at, 'at its start', 'an object of number arrays, {"key": [1, 2, 3]}', file);
}

function broken(bytes: Buffer, at: number, where: string, expected: string, file: string): DataError {
  if (at >= bytes.length)
    return new DataError(file, `is cut off ${where}: expected ${expected}, found the end of the file`);
  const found = bytes.toString('utf8', at, at + 20).split(/[\n,]/)[0];
  return new DataError(file, `${where}: expected ${expected}, found ${found} (byte ${at})`);
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || (bytes[at] >= 0x09 && bytes[at] <= 0x0d)) at++;
  return at;
}

const shape = '{"key": "a", "values": [1, 2, 3]}';

/** Reads one `{"key": …, "values": [numbers]}` per line; blank lines are skipped. */
export function readNdjson(path: string, file: string): RawData {
  const bytes = readWhole(path, file);
  const lists = appendedLists();
  let line = 0;
  for (let from = bytes[0] === 0xef ? 3 : 0; from < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, from);
    const to = newline < 0 ? bytes.length : newline;
    const text = textOf(bytes, from, to, `line ${line + 1}`, file).trim();
    from = to + 1;
    line++;
    if (text === '') continue;
    const { key, values } = readLine(text, line, newline < 0, file);
    try {
      lists.add(key, values);
    } catch (cause) {
      throw new DataError(file, `line ${line}, ${(cause as RangeError).message}`, { cause });
    }
  }
  return lists.finish();
}

function readLine(text: string, line: number, last: boolean, file: string): { key: string; values: unknown } {
  const parsed = parse(text, line, last, file);
  if (typeof parsed !== 'object' || parsed === null || !('key' in parsed) || !('values' in parsed)) {
    throw new DataError(file, `line ${line}: expected ${shape}, found ${brief(text)}`);
  }
  if (typeof parsed.key !== 'string') {
    throw new DataError(
      file,
      `line ${line}: "key" must be a text in double quotes, found ${shown(parsed.key)}`,
    );
  }
  return { key: parsed.key, values: parsed.values };
}

function parse(text: string, line: number, last: boolean, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (/[[,]\s*[+-]?(nan|inf(inity)?)\s*[\],]/i.test(text)) {
      throw new DataError(
        file,
        `line ${line}: JSON has no NaN and no Infinity; write null where a value is missing`,
        { cause },
      );
    }
    const advice = last ? 'the file seems to be cut off: fetch it again' : `expected ${shape} on every line`;
    throw new DataError(file, `line ${line} is not JSON, ${brief(text)}; ${advice}`, { cause });
  }
}

/** Collects whole lists in the order of the file. */
interface AppendedLists {
  /** One list as parsed from JSON; `null` in it is missing. Throws a RangeError that names what is wrong and where. */
  add(key: string, list: unknown): void;
  finish(): RawData;
}

/** `limit`: the most keys that are allowed; one more throws a RangeError. */
function appendedLists(limit = maxKeys): AppendedLists {
  const seen = new Set<string>();
  const ends: number[] = [];
  let values = new Float64Array(1024);
  let count = 0;
  let missing = 0;

  function reserve(room: number): void {
    if (count + room <= values.length) return;
    if (count + room > maxElements)
      throw new RangeError('more than 2^32 − 1 numbers: take a part of the file');
    const bigger = new Float64Array(Math.max(values.length * 2, count + room));
    bigger.set(values);
    values = bigger;
  }

  return {
    add(key, list) {
      if (seen.has(key))
        throw new RangeError(`key ${shown(key)} appears twice: join its lists, or rename one`);
      if (seen.size === limit)
        throw new RangeError(`more than ${limit} keys; a Map holds no more: take a part of the file`);
      if (!Array.isArray(list)) {
        throw new RangeError(`key ${shown(key)}: expected an array of numbers, found ${shown(list)}`);
      }
      reserve(list.length);
      for (let index = 0; index < list.length; index++) {
        const value: unknown = list[index];
        if (typeof value === 'number' && Number.isFinite(value)) values[count++] = value;
        else if (value === null) missing++;
        else
          throw new RangeError(
            `key ${shown(key)}, index ${index}: expected a number, found ${shown(value)}${hint(value)}`,
          );
      }
      seen.add(key);
      ends.push(count);
    },
    finish() {
      const offsets = new Uint32Array(ends.length + 1);
      offsets.set(ends, 1);
      return { columns: { keys: [...seen], offsets, values: values.slice(0, count) }, missing };
    },
  };
}

function hint(value: unknown): string {
  // JSON.parse reads 1e999 as Infinity.
  if (typeof value === 'number') return '; the number in the file is too large for a double';
  if (typeof value === 'string') return '; write numbers without quotes, and null where a value is missing';
  return '; write null where a value is missing';
}

/** The bytes of a file. Throws a DataError where it cannot be read, or is larger than Node reads in one piece (2 GiB). */
function readWhole(path: string, file: string): Buffer {
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
