import { appendedLists } from './append-lists.js';
import { DataError, shown } from './data-error.js';
import type { RawData } from './group-rows.js';
import { readWhole, textOf } from './read-whole.js';

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

function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
