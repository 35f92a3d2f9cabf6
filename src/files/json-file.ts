import { InputError } from '../contract/errors.js';
import { readRegularFile } from './read-file.js';

/** No file of ours nests deeper than ten levels; what nests by the thousand overflows the stack of whoever walks it. */
const mostLevels = 100;

/**
 * The value in a JSON file that somebody named. Throws an InputError that begins with `what`: where it is no regular
 * file, has more than `mostBytes`, is no JSON, or nests deeper than anybody writes.
 */
export function readJsonFile(path: string, mostBytes: number, what = path): unknown {
  return parseJson(readRegularFile(path, mostBytes, what).toString('utf8'), what);
}

/** As JSON.parse. Throws an InputError that begins with `what`. */
export function parseJson(text: string, what: string): unknown {
  if (isNestedDeeper(text, mostLevels))
    throw new InputError(`${what} nests more than ${mostLevels} levels deep: is it the right file?`);
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (cause) {
    throw new InputError(`${what} is not JSON: ${(cause as Error).message}`, { cause });
  }
}

/** Counted in the text: the value itself could only be walked by what this is to protect. */
export function isNestedDeeper(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === openBrace || code === openBracket) {
      if (++depth > most) return true;
    } else if (code === closeBrace || code === closeBracket) depth--;
  }
  return false;
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at;
}
