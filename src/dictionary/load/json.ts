import { TextDecoder } from 'node:util';
import type { DataSource } from '../../contract/scenario.js';
import type { Chunks } from './bytes.js';
import { brief, DataError, shown } from './data-error.js';
import type { NumberReader } from './numbers.js';
import { type Collector, chooseColumns } from './rows.js';

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** A key, or a value that is no list of numbers: no more than this is held at once. */
const mostPieceBytes = 2 ** 28;

/** Where what was read goes. */
interface Into {
  readonly rows: Collector;
  readonly numbers: NumberReader;
}

/**
 * Reads `{"key": [numbers], …}`, and what else people have: an array of such lists, a number per key, one list, records with
 * the columns that `groupBy` and `value` name, all of it as a part of something larger (`at`). The file is walked as it
 * comes, and lists go through JSON.parse in pieces: that keeps keys that look like integers in their order, sees keys that
 * appear twice, takes files of any size, and knows in which key a file was cut.
 */
export async function readJson(chunks: Chunks, source: DataSource, into: Into): Promise<void> {
  const walk = new Walk(chunks, source, into);
  await walk.descend(source.at === undefined || source.at === '' ? [] : source.at.split('.'));
  await walk.readAll();
  if (source.at === undefined) await walk.checkEnd();
}

class Walk {
  private buffer = Buffer.alloc(0);
  private at = 0;
  /** Bytes before the buffer. */
  private passed = 0;
  private isEnded = false;
  private readonly bytes: AsyncIterator<Uint8Array>;
  private readonly file: string;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  constructor(
    chunks: Chunks,
    private readonly source: DataSource,
    private readonly into: Into,
  ) {
    this.bytes = chunks[Symbol.asyncIterator]();
    this.file = source.file;
  }

  /** Goes to the part that is named, from the beginning. Throws a DataError where there is none. */
  async descend(path: readonly string[]): Promise<void> {
    await this.skipMark();
    let where = 'at its start';
    for (const [depth, step] of path.entries()) {
      const open = await this.peek();
      if (open !== openBrace && open !== openBracket)
        throw new DataError(
          this.file,
          `has nothing at ${path.join('.')}: ${path.slice(0, depth).join('.') || 'the whole'} is no object and no array`,
        );
      if (!(await this.enter(open, step, where)))
        throw new DataError(
          this.file,
          `has nothing at ${path.join('.')}: there is no ${shown(step)} in ${path.slice(0, depth).join('.') || 'it'}`,
        );
      where = `in ${path.slice(0, depth + 1).join('.')}`;
    }
  }

  /** To the value of this key, or at this place. */
  private async enter(open: number, step: string, where: string): Promise<boolean> {
    this.at++;
    for (let index = 0; (await this.peek()) !== (open === openBrace ? closeBrace : closeBracket); index++) {
      const key = open === openBrace ? await this.readKey(where) : `${index}`;
      await this.peek();
      if (key === step) return true;
      await this.valueText(where);
      if ((await this.peek()) === comma) this.at++;
      else if (this.buffer[this.at] !== closeBrace && this.buffer[this.at] !== closeBracket)
        throw await this.broken(where, 'a comma or an end');
    }
    return false;
  }

  async readAll(): Promise<void> {
    const open = await this.peek();
    const isTable =
      this.source.groupBy !== undefined ||
      this.source.value !== undefined ||
      this.source.columns !== undefined;
    if (open === openBracket) return this.readArray(isTable);
    if (open !== openBrace)
      throw await this.broken('at its start', 'an object of number arrays, {"key": [1, 2, 3]}');
    if (isTable)
      throw new DataError(
        this.file,
        'holds whole lists: leave groupBy and value out, they are for tables and records',
      );
    return this.readObject();
  }

  private async readObject(): Promise<void> {
    this.at++;
    let key: string | undefined;
    while ((await this.peek()) !== closeBrace) {
      const where = key === undefined ? 'at its first key' : `after key ${shown(key)}`;
      key = await this.readKey(where);
      await this.peek();
      await this.readValue(key);
      await this.betweenMembers(`after key ${shown(key)}`, closeBrace, 'a comma or }');
    }
    this.at++;
  }

  private async readArray(isTable: boolean): Promise<void> {
    this.at++;
    const first = await this.peek();
    if (first === openBrace) return this.readRecords();
    if (isTable) throw new DataError(this.file, 'holds lists, not records: leave groupBy and value out');
    if (first !== openBracket && first !== closeBracket) {
      // What begins with a number is one list.
      this.begin('values');
      if (!(await this.readNumbers('values')))
        throw await this.broken('at its start', 'numbers, lists of numbers or records');
      return;
    }
    for (let index = 0; (await this.peek()) !== closeBracket; index++) {
      await this.readValue(`${index}`);
      await this.betweenMembers(`after item ${index}`, closeBracket, 'a comma or ]');
    }
    this.at++;
  }

  private async betweenMembers(where: string, end: number, expected: string): Promise<void> {
    const next = await this.peek();
    if (next === comma) {
      this.at++;
      if ((await this.peek()) === end) throw await this.broken(where, 'another one after the comma');
    } else if (next !== end) throw await this.broken(where, expected);
  }

  /** Objects with the same members, like `[{"city": "A", "price": 1}, …]`. */
  private async readRecords(): Promise<void> {
    const rows = new Records(this.source, this.into);
    for (let index = 0; (await this.peek()) !== closeBracket; index++) {
      const text = await this.valueText(`record ${index}`);
      rows.add(parsed(text, `record ${index}`, this.file), text, `record ${index}`);
      await this.betweenMembers(`after record ${index}`, closeBracket, 'a comma or ]');
    }
    this.at++;
  }

  /** The list of a key, or its one number. */
  private async readValue(key: string): Promise<void> {
    const open = await this.peek();
    if (open === openBracket) {
      this.at++;
      this.begin(key);
      if (await this.readNumbers(key)) return;
      throw new DataError(this.file, this.noNumberIn(key));
    }
    if (open === openBrace) {
      throw new DataError(
        this.file,
        `key ${shown(key)}: expected an array of numbers, found an object; name the part that holds the lists with --at, for example --at ${key}`,
      );
    }
    const text = await this.valueText(`key ${shown(key)}`);
    this.begin(key);
    const value = parsed(text, `key ${shown(key)}`, this.file);
    if (typeof value !== 'number' && value !== null)
      throw new DataError(this.file, `key ${shown(key)}: expected an array of numbers, found ${brief(text)}`);
    this.into.rows.addNumber(
      this.into.numbers.fromValue(
        value,
        () => `key ${shown(key)}`,
        () => text,
      ),
    );
  }

  private begin(key: string): void {
    try {
      this.into.rows.beginList(key);
    } catch (cause) {
      throw new DataError(this.file, (cause as RangeError).message, { cause });
    }
  }

  private index = 0;
  private piece = '';

  /**
   * Numbers up to the bracket that closes them, in pieces. False where something else stands among them; `piece` and `index`
   * say where then.
   */
  private async readNumbers(key: string): Promise<boolean> {
    this.index = 0;
    for (;;) {
      const close = this.buffer.indexOf(closeBracket, this.at);
      const end = close >= 0 ? close : this.buffer.lastIndexOf(comma);
      if (close >= 0 || end >= this.at) {
        this.piece = this.buffer.toString('latin1', this.at, end);
        const isEmpty = close >= 0 && this.index === 0 && this.piece.trim() === '';
        if (!isEmpty && !this.addPiece(key)) return false;
        this.at = end + 1;
        if (close >= 0) return true;
      }
      if (!(await this.fill()))
        throw new DataError(
          this.file,
          `is cut off in the list of key ${shown(key)}, index ${this.index + this.buffer.toString('latin1', this.at).split(',').length - 1}: fetch it again`,
        );
      if (this.buffer.length - this.at > mostPieceBytes) return false;
    }
  }

  private addPiece(key: string): boolean {
    const { rows, numbers } = this.into;
    const { piece } = this;
    let list: unknown[];
    try {
      list = JSON.parse(`[${piece}]`);
    } catch {
      return this.addOneByOne(key);
    }
    for (let at = 0; at < list.length; at++) {
      const value = list[at];
      if (typeof value === 'number' && value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER)
        rows.addNumber(value);
      else if (value === null) {
        numbers.fromValue(value, () => '');
        rows.addNumber(undefined);
      } else return this.addOneByOne(key, at);
    }
    this.index += list.length;
    return true;
  }

  /** A piece with NaN, with numbers that a double may not hold, or with something that is no number. */
  private addOneByOne(key: string, from = 0): boolean {
    const { rows, numbers } = this.into;
    const texts = this.piece.split(',');
    for (let at = from; at < texts.length; at++) {
      const text = texts[at].trim();
      const value = numberOf(text);
      if (value === undefined) {
        this.index += at;
        this.piece = texts.slice(at).join(',');
        return false;
      }
      if (Math.abs(value ?? 0) === Number.POSITIVE_INFINITY && /\d/.test(text))
        throw new DataError(
          this.file,
          `key ${shown(key)}, index ${this.index + at}: expected a number, found ${brief(text)}; it is too large for a double`,
        );
      rows.addNumber(
        numbers.fromValue(
          value,
          () => `key ${shown(key)}, index ${this.index + at}`,
          () => text,
        ),
      );
    }
    this.index += texts.length;
    return true;
  }

  private noNumberIn(key: string): string {
    const found = this.piece.split(',')[0].trim();
    const hint = found.startsWith('{')
      ? 'a list of objects is not measured yet: name a part of the file that holds numbers with --at'
      : 'write numbers without quotes, and null where a value is missing';
    return `key ${shown(key)}, index ${this.index}: expected a number, found ${brief(found) || 'nothing'}; ${hint}`;
  }

  private async readKey(where: string): Promise<string> {
    if ((await this.peek()) !== quote) throw await this.broken(where, 'a key in double quotes');
    const end = await this.endOfString(where, 'the end of a key');
    const text = this.textOf(this.at, end, where);
    let key: string;
    try {
      key = JSON.parse(text);
    } catch (cause) {
      throw new DataError(
        this.file,
        `is not JSON ${where}: the key at byte ${this.passed + this.at} cannot be read`,
        { cause },
      );
    }
    this.at = end;
    if ((await this.peek()) !== 0x3a) throw await this.broken(`after key ${shown(key)}`, 'a colon');
    this.at++;
    return key;
  }

  /** Behind the quote that ends the string which begins at `at`. */
  private async endOfString(where: string, expected: string): Promise<number> {
    let offset = 1;
    for (;;) {
      while (this.at + offset < this.buffer.length) {
        const byte = this.buffer[this.at + offset];
        if (byte === quote) return this.at + offset + 1;
        offset += byte === backslash ? 2 : 1;
      }
      await this.more(where, expected);
    }
  }

  /** The text of the value at `at`, whatever it is; goes behind it. */
  private async valueText(where: string): Promise<string> {
    let offset = 0;
    let depth = 0;
    let isInString = false;
    for (;;) {
      while (this.at + offset < this.buffer.length) {
        const byte = this.buffer[this.at + offset];
        if (isInString) {
          if (byte === backslash) offset++;
          else if (byte === quote) isInString = false;
        } else if (byte === quote) isInString = true;
        else if (byte === openBrace || byte === openBracket) depth++;
        else if (byte === comma && depth === 0) return this.taken(offset, where);
        else if (byte === closeBrace || byte === closeBracket) {
          if (depth === 0) return this.taken(offset, where);
          depth--;
        }
        offset++;
      }
      if (this.isEnded && depth === 0 && !isInString && offset > 0)
        return this.taken(this.buffer.length - this.at, where);
      await this.more(where, 'its end');
    }
  }

  private taken(length: number, where: string): string {
    const text = this.textOf(this.at, this.at + length, where);
    this.at += length;
    return text;
  }

  private textOf(from: number, to: number, where: string): string {
    try {
      return this.decoder.decode(this.buffer.subarray(from, to));
    } catch (cause) {
      throw new DataError(
        this.file,
        `is not UTF-8 ${where}, at byte ${this.passed + from}: say what it is written in with --encoding: latin1, utf-16le or another`,
        { cause },
      );
    }
  }

  private async skipMark(): Promise<void> {
    await this.peek();
    if (this.buffer[this.at] === 0xef && this.buffer[this.at + 1] === 0xbb) this.at += 3;
  }

  /** The next byte that is no space; NaN at the end. */
  private async peek(): Promise<number> {
    for (;;) {
      for (; this.at < this.buffer.length; this.at++) {
        const byte = this.buffer[this.at];
        if (byte !== 0x20 && (byte < 0x09 || byte > 0x0d)) return byte;
      }
      if (!(await this.fill())) return Number.NaN;
    }
  }

  private async more(where: string, expected: string): Promise<void> {
    const before = this.buffer.length - this.at;
    if (!(await this.fill())) {
      this.at = this.buffer.length;
      throw await this.broken(where, expected);
    }
    if (before > mostPieceBytes)
      throw new DataError(
        this.file,
        `${where}: it has more than ${mostPieceBytes / 2 ** 20} MB in one piece. Is it a list of numbers?`,
      );
  }

  /** Lets go of what was read, and appends what comes next. */
  private async fill(): Promise<boolean> {
    if (this.isEnded) return false;
    const next = await this.bytes.next();
    if (next.done) {
      this.isEnded = true;
      return false;
    }
    const rest = this.buffer.subarray(this.at);
    this.passed += this.at;
    this.buffer = rest.length === 0 ? Buffer.from(next.value) : Buffer.concat([rest, next.value]);
    this.at = 0;
    return true;
  }

  async checkEnd(): Promise<void> {
    if (Number.isNaN(await this.peek())) return;
    throw new DataError(
      this.file,
      `goes on after the end of its value, at byte ${this.passed + this.at}; if there is one object per line, name it .ndjson`,
    );
  }

  private async broken(where: string, expected: string): Promise<DataError> {
    if (Number.isNaN(await this.peek()))
      return new DataError(this.file, `is cut off ${where}: expected ${expected}, found the end of the file`);
    const found = this.buffer.toString('utf8', this.at, this.at + 20).split(/[\n,]/)[0];
    return new DataError(
      this.file,
      `${where}: expected ${expected}, found ${brief(found) || shown(String.fromCharCode(this.buffer[this.at]))} (byte ${this.passed + this.at})`,
    );
  }
}

/** A JSON number, null, or what Python writes for numbers that JSON has not; undefined for anything else. */
function numberOf(text: string): number | null | undefined {
  if (text === 'null') return null;
  if (text === 'NaN') return Number.NaN;
  if (text === 'Infinity' || text === '-Infinity') return Number(text);
  return /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

const notJson = /"(?:[^"\\]|\\.)*"|-?Infinity\b|\bNaN\b/g;
const stand = '\u0000';

/** JSON, with NaN and ±Infinity as Python writes them. Throws a DataError. */
export function parsed(text: string, where: string, file: string, advice = ''): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // Outside of texts these stand for themselves, as texts that no file can hold.
    const replaced = text.replace(notJson, (each) =>
      each.startsWith('"') ? each : JSON.stringify(stand + each),
    );
    if (replaced !== text) {
      try {
        return JSON.parse(replaced, (_, value) =>
          typeof value === 'string' && value.startsWith(stand) ? Number(value.slice(1)) : value,
        );
      } catch {
        // Neither is JSON.
      }
    }
    throw new DataError(file, `${where} is not JSON, ${brief(text)}${advice}`, { cause });
  }
}

/** Rows as objects with members of the same names. */
export class Records {
  private names: ReturnType<typeof namesOf> | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly into: Into,
  ) {}

  /** `text`: as it is written. Throws a DataError. */
  add(record: unknown, text: string, where: string): void {
    const { file } = this.source;
    if (typeof record !== 'object' || record === null || Array.isArray(record))
      throw new DataError(file, `${where}: expected an object, found ${brief(text)}`);
    this.names ??= namesOf(this.source, Object.keys(record));
    const { groupBy, values } = this.names;
    const own = record as Readonly<Record<string, unknown>>;
    const key = groupBy === undefined ? undefined : keyOf(own[groupBy], `${where}, ${shown(groupBy)}`, file);
    for (const name of values) {
      const value = this.into.numbers.fromValue(
        own[name],
        () => `${where}, ${shown(name)}`,
        () => wholeNumberIn(text),
      );
      if (groupBy !== undefined)
        this.into.rows.addRow(values.length === 1 || key === undefined ? key : `${key} · ${name}`, value);
      else {
        if (this.into.rows.keyCount === 0) this.into.rows.beginList(name);
        this.into.rows.addNumber(value);
      }
    }
  }
}

function namesOf(source: DataSource, present: readonly string[]) {
  const { key, values } = chooseColumns(source, present);
  if (key === undefined && values.length > 1)
    throw new DataError(
      source.file,
      'holds records: several columns need a key, name it with groupBy (--group-by)',
    );
  return {
    groupBy: key === undefined ? undefined : present[key],
    values: values.map(({ at }) => present[at]),
  };
}

/** The first whole number of a record that a double cannot hold; an empty text where there is none. */
function wholeNumberIn(text: string): string {
  const long = text.match(/-?\d{16,}(?![\d.eE])/g) ?? [];
  return long.find((each) => BigInt(each) !== BigInt(Number(each))) ?? '';
}

/** A key is what tells rows apart: what a text would not tell apart is refused. */
export function keyOf(value: unknown, where: string, file: string): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (Number.isInteger(value) && !Number.isSafeInteger(value))
      throw new DataError(
        file,
        `${where}: a whole number beyond 2^53 is no safe key, different ones may be the same double; write keys as text`,
      );
    return String(value);
  }
  throw new DataError(
    file,
    `${where}: expected a text or a number as key, found ${shown(value)}; name another column`,
  );
}

const shape = '{"key": "a", "values": [1, 2, 3]}';

/**
 * Reads a value per line: `{"key": …, "values": [numbers]}`, records with the columns that `groupBy` and `value` name, or a
 * list. Blank lines are skipped.
 */
export async function readNdjson(text: AsyncIterable<string>, source: DataSource, into: Into): Promise<void> {
  const { file } = source;
  const isTable = source.groupBy !== undefined || source.value !== undefined || source.columns !== undefined;
  const records = new Records(source, into);
  let line = 0;
  const add = (whole: string, isLast: boolean) => {
    line++;
    const own = whole.trim();
    if (own === '') return;
    const where = `line ${line}`;
    const advice = isLast
      ? '; the file seems to be cut off: fetch it again'
      : `; expected ${shape} on every line`;
    const value = parsed(own, where, file, advice);
    try {
      if (isTable) records.add(value, own, where);
      else addLine(value, own, where, into, file);
    } catch (cause) {
      if (cause instanceof RangeError) throw new DataError(file, `${where}, ${cause.message}`, { cause });
      throw cause;
    }
  };
  let rest = '';
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const each of lines) add(each, false);
    if (rest.length > mostPieceBytes)
      throw new DataError(
        file,
        `line ${line + 1} has more than ${mostPieceBytes / 2 ** 20} MB: is it one value per line? If not, name it .json`,
      );
  }
  if (line === 0 && rest.includes('\r') && rest.trim().includes('\r')) {
    const lines = rest.split('\r');
    for (const [at, each] of lines.entries()) add(each, at === lines.length - 1);
  } else add(rest, true);
}

function addLine(value: unknown, text: string, where: string, into: Into, file: string): void {
  if (Array.isArray(value))
    addList(String(into.rows.keyCount), value, { text, where: `${where}, `, file }, into);
  else if (typeof value === 'object' && value !== null && 'key' in value && 'values' in value) {
    const { key, values } = value;
    if (typeof key !== 'string')
      throw new DataError(file, `${where}: "key" must be a text in double quotes, found ${shown(key)}`);
    const ofKey = `${where}, key ${shown(key)}`;
    if (!Array.isArray(values))
      throw new DataError(file, `${ofKey}: expected an array of numbers, found ${shown(values)}`);
    addList(key, values, { text, where: `${ofKey}, `, file }, into);
  } else {
    const isRecord = typeof value === 'object' && value !== null;
    throw new DataError(
      file,
      `${where}: expected ${shape}, found ${brief(text)}${isRecord ? '; where lines are records, name two of their members with --group-by and --value' : ''}`,
    );
  }
}

function addList(
  key: string,
  list: readonly unknown[],
  { text, where, file }: { readonly text: string; readonly where: string; readonly file: string },
  { rows, numbers }: Into,
): void {
  rows.beginList(key);
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    const at = () => `${where}index ${index}`;
    if (item !== null && typeof item !== 'number')
      throw new DataError(
        file,
        `${at()}: expected a number, found ${shown(item)}; write numbers without quotes, and null where a value is missing`,
      );
    if (Math.abs(item ?? 0) === Number.POSITIVE_INFINITY && !text.includes('Infinity'))
      throw new DataError(
        file,
        `${at()}: expected a number, found Infinity; the number in the file is too large for a double`,
      );
    rows.addNumber(numbers.fromValue(item, at, () => wholeNumberIn(text)));
  }
}
