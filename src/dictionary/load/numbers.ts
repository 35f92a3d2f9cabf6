import type { DataSource } from '../../contract/scenario.js';
import { DataError, shown } from './data-error.js';

/** What stands for "no value" in tables that people have, unless `--missing` says other words. Never turned into 0. */
export const usualMissing = ['NA', 'N/A', 'n/a', '#N/A', 'null', 'NULL', 'None', '-', '**'];

const decimalNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const wholeNumber = /^[+-]?\d+$/;
const notFinite = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
]);

/** So many different words that are no number are named; with more the wrong column was chosen. */
const mostBadWords = 5;

interface BadWord {
  count: number;
  readonly where: string;
}

/**
 * One rule for the numbers of all formats: what is read is the double that is written there. Whole numbers beyond 2^53
 * that a double cannot hold are refused, or rounded and counted where the user says so. NaN and ±Infinity are numbers, and
 * counted. A word for a missing value is counted by word.
 */
export class NumberReader {
  /** How often each word stood for a missing value. */
  readonly missing = new Map<string, number>();
  notFinite = 0;
  rounded = 0;
  private readonly missingWords: ReadonlySet<string>;
  private readonly bad = new Map<string, BadWord>();
  private readonly plain: (text: string) => string | undefined;
  private tried = 0;
  /** Nothing is said of how numbers are written. */
  private readonly isUsual: boolean;

  /** Throws a DataError where the example of a number format is none. */
  constructor(private readonly source: Pick<DataSource, 'file' | 'missing' | 'numberFormat' | 'round'>) {
    this.missingWords = new Set(source.missing ?? usualMissing);
    this.plain = plainBy(source);
    this.isUsual = source.numberFormat === undefined && source.missing === undefined;
  }

  /**
   * The number that a text of a table stands for; undefined where it is missing. What is neither is kept, with where it
   * stood, for `check`; `where` is only asked then.
   */
  fromText(text: string, where: () => string): number | undefined {
    // What nearly all fields are.
    if (this.isUsual && decimalNumber.test(text)) {
      const number = Number(text);
      if (number <= Number.MAX_SAFE_INTEGER && number >= -Number.MAX_SAFE_INTEGER) {
        this.tried++;
        return number;
      }
    }
    const trimmed = text.trim();
    if (trimmed === '') return this.isMissing('');
    // Who says that -999 is missing means it.
    if (this.source.missing !== undefined && this.missingWords.has(trimmed)) return this.isMissing(trimmed);
    this.tried++;
    const plain = this.plain(trimmed);
    if (plain !== undefined && decimalNumber.test(plain)) {
      const number = Number(plain);
      // 1e999 looks like a number, and becomes Infinity.
      if (Number.isFinite(number)) {
        if (Math.abs(number) > Number.MAX_SAFE_INTEGER) this.checkExact(plain, number, where);
        return trimmed.endsWith('%') && this.source.numberFormat?.includes('%') ? number / 100 : number;
      }
    }
    if (this.missingWords.has(trimmed)) return this.isMissing(trimmed);
    const sign = /^[+-]/.exec(trimmed)?.[0] ?? '';
    const odd = notFinite.get(trimmed.slice(sign.length).toLowerCase());
    if (odd !== undefined) {
      this.notFinite++;
      return sign === '-' ? -odd : odd;
    }
    this.isBad(trimmed, where);
    return undefined;
  }

  /** The same of a value that a format has parsed. `text`: as it is written, where a whole number may have been rounded. */
  fromValue(value: unknown, where: () => string, text?: () => string): number | undefined {
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) this.notFinite++;
      else if (Math.abs(value) > Number.MAX_SAFE_INTEGER && text !== undefined)
        this.checkExact(text(), value, where);
      return value;
    }
    if (value === null || value === undefined) return this.isMissing('');
    if (typeof value === 'string') return this.fromText(value, where);
    if (typeof value === 'bigint') {
      const number = Number(value);
      if (BigInt(number) !== value) this.isRounded(`${value}`, where);
      return number;
    }
    throw new DataError(
      this.source.file,
      `${where()}: expected a number, found ${shown(value)}; name a column of numbers`,
    );
  }

  /** Throws a DataError that names the words which are no numbers, how often each stands there, and what to do. */
  check(): void {
    if (this.bad.size === 0) return;
    const [[, first]] = this.bad;
    const words = [...this.bad].map(([word, { count }], index) =>
      index === 0 ? `${shown(word)}${count > 1 ? ` (${count} times)` : ''}` : `${shown(word)} (${count})`,
    );
    throw new DataError(
      this.source.file,
      `${first.where}: expected a number, found ${words.join(', ')}${this.bad.size > mostBadWords ? ' and others' : ''}${this.ofAll()}; ${this.advice([...this.bad.keys()])}`,
    );
  }

  private ofAll(): string {
    const count = [...this.bad.values()].reduce((sum, each) => sum + each.count, 0);
    return count < 2 || this.bad.size > mostBadWords ? '' : `, ${count} of ${this.tried} fields in all`;
  }

  private advice(words: readonly string[]): string {
    const example = formatFor(words[0]);
    if (example !== undefined && this.source.numberFormat === undefined)
      return `if that is how numbers are written here, say so by an example: --number-format '${example}'`;
    const bad = [...this.bad.values()].reduce((sum, each) => sum + each.count, 0);
    if (bad === this.tried) return 'name a column of numbers';
    return `say --missing '${words.slice(0, mostBadWords).join(',')}' where that means a missing value, or leave the field empty`;
  }

  private isMissing(word: string): undefined {
    this.missing.set(word, (this.missing.get(word) ?? 0) + 1);
    return undefined;
  }

  private isBad(word: string, where: () => string): void {
    const known = this.bad.get(word);
    if (known !== undefined) known.count++;
    else this.bad.set(word, { count: 1, where: where() });
    if (this.bad.size > mostBadWords) this.check();
  }

  private checkExact(text: string, number: number, where: () => string): void {
    if (wholeNumber.test(text) && BigInt(text) !== BigInt(number)) this.isRounded(text, where);
  }

  private isRounded(text: string, where: () => string): void {
    if (this.source.round !== true)
      throw new DataError(
        this.source.file,
        `${where()}: ${text} is a whole number beyond 2^53, and a double would be another one; say --allow-rounding if that does not matter`,
      );
    this.rounded++;
  }
}

/** An example of how 1234.5 is written, for a word that looks like a number; undefined where it does not. */
function formatFor(word: string): string | undefined {
  if (!/[^\d+-]/.test(word)) return undefined;
  const found = /^[(]?\s*([^\d\s.,'()+-]*)\s*[+-]?\d[\d.,'\u00a0\u202f ]*\s*([^\d\s.,'()]*)\s*[)]?$/u.exec(
    word,
  );
  if (found === null) return undefined;
  const [, before, after] = found;
  if (![before, after].every((each) => /^(?:\p{Sc}|%|[A-Z]{3})?$/u.test(each))) return undefined;
  const separators = [...word.replace(/[^.,'\u00a0\u202f ]/gu, '').trim()];
  const last = separators.at(-1);
  const digitsAfter =
    last === undefined ? 0 : (/\d*/.exec(word.slice(word.lastIndexOf(last) + 1))?.[0].length ?? 0);
  const isDecimal =
    last !== undefined && separators.filter((each) => each === last).length === 1 && digitsAfter !== 3;
  const decimal = isDecimal ? last : last === '.' ? ',' : '.';
  const thousands = separators.find((each) => each !== decimal) ?? '';
  const number = `1${thousands}234${decimal}5`;
  return word.startsWith('(') ? `(${before}${number}${after})` : `${before}${number}${after}`;
}

/**
 * How numbers are written, by an example: one thousand two hundred thirty-four and a half, with what stands around it, like
 * 1,234.5 or 1.234,5 or $1,234.5 or 12,5 % or (1,234.5). Returns what makes such a text a plain decimal number.
 */
function plainBy({
  file,
  numberFormat,
}: Pick<DataSource, 'file' | 'numberFormat'>): (text: string) => string | undefined {
  if (numberFormat === undefined) return (text) => text;
  const found = /^(\()?([^\d+-]*?)[+-]?1([.,'\u00a0\u202f\u2009 ]?)234(?:([.,])\d+)?\s*([^\d)]*)(\))?$/u.exec(
    numberFormat.trim(),
  );
  if (found === null || found[3] === found[4])
    throw new DataError(
      file,
      `--number-format ${shown(numberFormat)}: write 1234.5 as your file would, like 1,234.5 or 1.234,5 or '$1,234.5' or '1234,5 %'`,
    );
  const [, open, before, thousands, decimal = thousands === '.' ? ',' : '.', after] = found;
  const around = [before, after].map((each) => each.trim()).filter((each) => each !== '');
  const separator = thousands.trim() === '' ? '\\s' : thousands;
  const groups = thousands === '' ? undefined : new RegExp(`^\\d{1,3}(?:[${separator}]\\d{3})*$`, 'u');
  return (text) => {
    let rest = text;
    let negative = false;
    if (open !== undefined && rest.startsWith('(') && rest.endsWith(')')) {
      negative = true;
      rest = rest.slice(1, -1).trim();
    }
    const sign = /^[+-]/.exec(rest)?.[0];
    if (sign !== undefined) rest = rest.slice(1).trim();
    for (const each of around) {
      if (rest.startsWith(each)) rest = rest.slice(each.length).trim();
      else if (rest.endsWith(each)) rest = rest.slice(0, -each.length).trim();
    }
    const inner = sign === undefined ? /^[+-]/.exec(rest)?.[0] : undefined;
    if (inner !== undefined) rest = rest.slice(1);
    const at = rest.indexOf(decimal);
    let whole = at < 0 ? rest : rest.slice(0, at);
    if (groups !== undefined && /\D/.test(whole)) {
      if (!groups.test(whole)) return undefined;
      whole = whole.replace(/\D/g, '');
    }
    const fraction = at < 0 ? '' : `.${rest.slice(at + 1)}`;
    const isNegative = negative !== ((sign ?? inner) === '-');
    return `${isNegative ? '-' : ''}${whole}${fraction}`;
  };
}
