import { appendedLists } from './append-lists.js';
import { DataError, shown } from './data-error.js';
import type { RawData } from './group-rows.js';
import { readWhole, textOf } from './read-whole.js';

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
  const shownFound = found.length > 60 ? `${found.slice(0, 57)}…` : found || 'nothing';
  const hint = /^[+-]?(nan|inf(inity)?)$/i.test(found)
    ? 'JSON has no NaN and no Infinity: write null where a value is missing'
    : 'write numbers without quotes, and null where a value is missing';
  return `key ${shown(key)}, index ${index}: expected a number, found ${shownFound}; ${hint}`;
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
