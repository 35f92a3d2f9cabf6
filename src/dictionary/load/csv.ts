import type { DataSource } from '../../contract/scenario.js';
import { DataError, shown } from './data-error.js';
import type { NumberReader } from './numbers.js';
import { type ChosenColumns, type Collector, chooseColumns } from './rows.js';

/** What separates fields, where nobody says so. */
const usualDelimiters = [',', ';', '\t', '|'] as const;

/** Enough rows to see what separates their fields. */
const sniffedText = 2 ** 16;
const sniffedRows = 20;

/** A quote that is never closed would have the rest of the file for one field. */
const longestRow = 2 ** 24;

/** What a table lost, where that was allowed. */
export interface Lenient {
  /** Rows with more or fewer fields than the first line has names. */
  ragged: number;
  /** Quotes in places where none belongs. */
  quotes: number;
}

interface ParsedRows {
  readonly data: readonly string[][];
  readonly errors: readonly { readonly code?: string; readonly row?: number; readonly index?: number }[];
  readonly meta: { readonly cursor: number };
}

interface Parser {
  parse(text: string, baseIndex: number, ignoreLastRow: boolean): ParsedRows;
}

/**
 * Reads a table, as text that comes in pieces. Its first line names the columns. An empty field is missing. Throws a DataError
 * with the line where something is wrong: a quote that is never closed is blamed where it opens.
 */
export async function readCsv(
  text: AsyncIterable<string>,
  source: DataSource,
  into: { readonly rows: Collector; readonly numbers: NumberReader; readonly lenient: Lenient },
  likely?: string,
): Promise<void> {
  const { default: papa } = await import('papaparse');
  let table: Table | undefined;
  const parserFor = (delimiter: string, newline: '\n' | '\r') =>
    new papa.Parser({ delimiter, newline }) as Parser;
  const begin = (all: string) => {
    const said = /^sep=(.)\r?\n/.exec(all);
    const newline = all.includes('\n') || !all.includes('\r') ? '\n' : '\r';
    const head = said === null ? all : all.slice(said[0].length);
    const delimiter =
      source.delimiter ?? said?.[1] ?? sniffDelimiter(head, likely, (each) => parserFor(each, newline));
    table = new Table(parserFor(delimiter, newline), newline, source, into, said === null ? 1 : 2);
    return table.add(head, false);
  };
  let waiting = '';
  for await (const piece of text) {
    if (table !== undefined) table.add(piece, false);
    else {
      waiting += piece;
      if (waiting.length >= sniffedText) begin(waiting);
    }
  }
  if (table === undefined) begin(waiting);
  table?.add('', true);
}

/** The one by which most rows have the same number of fields, and more than one; a comma where none does. */
function sniffDelimiter(
  text: string,
  likely: string | undefined,
  parserFor: (delimiter: string) => Parser,
): string {
  const head = text.slice(0, sniffedText);
  const scores = usualDelimiters.map((delimiter) => {
    const { data } = parserFor(delimiter).parse(head, 0, text.length > head.length);
    const rows = data.filter((row) => row.length > 1 || row[0].trim() !== '').slice(0, sniffedRows);
    const [first] = rows;
    const alike = rows.filter((row) => row.length === first.length).length;
    if (first === undefined || first.length < 2) return { delimiter, share: 0, fields: 0 };
    return { delimiter, share: alike / rows.length, fields: first.length };
  });
  const best = scores
    .filter(({ share }) => share > 0)
    .sort(
      (a, b) =>
        b.share - a.share ||
        Number(b.delimiter === likely) - Number(a.delimiter === likely) ||
        b.fields - a.fields,
    );
  return best[0]?.delimiter ?? likely ?? ',';
}

/** The rows of one file, whose text comes in pieces. */
class Table {
  private rest = '';
  private names: readonly string[] | undefined;
  private chosen: ChosenColumns = { values: [] };
  private list = false;
  private columns: number[][] = [];
  /** The piece at hand, its rows, and the one that is being added. */
  private text = '';
  private data: readonly string[][] = [];
  private row = 0;
  private key: string | undefined;

  constructor(
    private readonly parser: Parser,
    private readonly newline: '\n' | '\r',
    private readonly source: DataSource,
    private readonly into: {
      readonly rows: Collector;
      readonly numbers: NumberReader;
      readonly lenient: Lenient;
    },
    /** Of the first character of `rest`, from 1. */
    private line: number,
  ) {}

  add(piece: string, isLast: boolean): void {
    const text = this.rest + piece;
    const { data, errors, meta } = this.parser.parse(text, 0, !isLast);
    this.checkQuotes(errors, data.length, text);
    this.text = text;
    this.data = data;
    for (this.row = 0; this.row < data.length; this.row++) this.addRow(data[this.row]);
    const taken = isLast ? text.length : meta.cursor;
    this.line += countOf(text, this.newline, taken);
    this.rest = text.slice(taken);
    if (this.rest.length > longestRow) throw this.neverClosed(this.rest);
    if (isLast) this.finish();
  }

  private checkQuotes(errors: ParsedRows['errors'], rows: number, text: string): void {
    // Of a row that is not whole yet they may be wrong.
    const own = errors.filter(({ row = 0, code }) => row < rows || code === 'MissingQuotes');
    if (own.length === 0) return;
    const [{ code, index = 0 }] = own;
    if (code === 'MissingQuotes') throw this.neverClosed(text, index);
    this.into.lenient.quotes += own.length;
    if (this.source.lenient === true) return;
    const line = this.line + countOf(text, this.newline, index);
    throw new DataError(
      this.source.file,
      `line ${line}: a quote opens a field, and another one in it neither ends it nor is doubled, ${shown(text.slice(index - 1, index + 40))}; double it (""), or say --lenient to take it as it is`,
    );
  }

  private neverClosed(text: string, index = text.indexOf('"') + 1): DataError {
    const line = this.line + countOf(text, this.newline, index);
    return new DataError(
      this.source.file,
      `line ${line}: the quote before ${shown(text.slice(index, index + 30))} is never closed. Close it, or fetch the file again if it is cut off`,
    );
  }

  private addRow(row: readonly string[]): void {
    const width = row.length;
    const last = row[width - 1];
    if (width === 1 && (last === '' || last === '\r')) return;
    const fields =
      this.newline === '\n' && last.endsWith('\r') ? [...row.slice(0, -1), last.slice(0, -1)] : row;
    if (this.names === undefined) {
      this.begin(fields);
      if (this.source.header !== 'none') return;
    }
    if (width !== this.names?.length) this.isRagged(width);
    const { key: keyAt, values } = this.chosen;
    const { numbers, rows } = this.into;
    if (keyAt !== undefined) {
      const key = fields[keyAt] ?? '';
      this.key = key;
      if (key.includes('\r')) this.checkLineEnds(key);
    }
    // One value column, as nearly all have: nothing is made per row.
    if (values.length === 1) {
      const value = numbers.fromText(fields[values[0].at] ?? '', this.where);
      if (keyAt === undefined) rows.addNumber(value);
      else rows.addRow(this.key === '' ? undefined : this.key, value);
    } else this.addSeveral(fields);
  }

  private addSeveral(fields: readonly string[]): void {
    const { key: keyAt, values } = this.chosen;
    const { numbers, rows } = this.into;
    for (const [number, { at, name }] of values.entries()) {
      const value = numbers.fromText(fields[at] ?? '', this.where);
      if (keyAt !== undefined) rows.addRow(this.key === '' ? undefined : `${this.key} · ${name}`, value);
      else if (value === undefined) rows.addNumber(undefined);
      else this.columns[number].push(value);
    }
  }

  private readonly where = (): string =>
    this.key === undefined ? `line ${this.lineNow()}` : `line ${this.lineNow()} (key ${shown(this.key)})`;

  private isRagged(width: number): void {
    this.into.lenient.ragged++;
    if (this.source.lenient === true) return;
    throw new DataError(
      this.source.file,
      `line ${this.lineNow()} has ${width} ${width === 1 ? 'field' : 'fields'}, and the first line ${this.names?.length}; mend it, or say --lenient: what is missing then counts as missing, and what is too much is left out`,
    );
  }

  private begin(first: readonly string[]): void {
    const { header, file } = this.source;
    this.names = header === 'none' ? first.map((_, at) => `#${at + 1}`) : first;
    this.chosen = chooseColumns(this.source, this.names);
    if (header === undefined) {
      const number = this.chosen.values
        .map(({ at }) => first[at])
        .find((name) => /^[+-]?\d/.test(name) && Number.isFinite(Number(name)));
      if (number !== undefined)
        throw new DataError(
          file,
          `its first line may be data rather than names: ${shown(number)} is a number. Say --header none where it is (columns are #1, #2, … then), or --header first where these are names`,
        );
    }
    const { key, values } = this.chosen;
    if (key === undefined && values.length === 1) {
      this.into.rows.beginList(values[0].name);
      this.list = true;
    }
    this.columns = key === undefined && !this.list ? values.map(() => []) : [];
  }

  /** Columns that are lists of their own come after one another. */
  private finish(): void {
    if (this.names === undefined) return;
    for (const [number, own] of this.columns.entries()) {
      this.into.rows.beginList(this.chosen.values[number].name);
      for (const value of own) this.into.rows.addNumber(value);
    }
  }

  /** A line end that is none here: what was meant as two rows, or two keys, would be one. */
  private checkLineEnds(key: string): void {
    if (this.text.includes(`"${key.replaceAll('"', '""')}"`)) return;
    throw new DataError(
      this.source.file,
      `${this.where()}: a carriage return stands inside a field: the line ends of this file are of several kinds. Make them one kind (dos2unix)`,
    );
  }

  private lineNow(): number {
    let line = this.line;
    for (const row of this.data.slice(0, this.row)) {
      line++;
      for (const field of row) line += countOf(field, this.newline, field.length);
    }
    return line;
  }
}

function countOf(text: string, character: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0 && at < end; at = text.indexOf(character, at + 1)) count++;
  return count;
}
