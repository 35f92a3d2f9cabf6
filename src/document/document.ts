import type { Chart } from './chart.js';
import type { Figure } from './figure.js';

/*
 * The waist: what is said, before it is known where it will be shown. Programs decide by the data that a document is made
 * from, never by its words; each renderer (src/render) decides alone how words, figures and outside text look in its output.
 */

/** A piece of outside text: a title, a label, a message. It is read from `owner[key]`; `shown` is the part that is told. */
export interface Quote {
  readonly kind: 'quote';
  readonly owner: object;
  readonly key: string;
  readonly shown: string;
}

/** A plain string is words: renderers escape it, so that no word can become markup. */
export type Inline =
  | string
  | Figure
  | Quote
  /** What is typed: commands, names of strategies and files. */
  | { readonly kind: 'code'; readonly text: string | Quote }
  | { readonly kind: 'strong'; readonly text: Text }
  /** A word that is explained, or spoken with weight. */
  | { readonly kind: 'emphasis'; readonly text: Text }
  | { readonly kind: 'link'; readonly text: Text; readonly to: string };

/** A sentence or a few: words, figures, quotes. */
export type Text = readonly Inline[];

/** What may stand in a text. A number may not: say where it is from, with `figure`. */
export type Hole = Inline | Text | undefined;

/** text`computing it costs ${figure(cost, 'computingNsPerElement', 'ns')}`: holes that are undefined are left out. */
export function text(words: TemplateStringsArray, ...holes: Hole[]): Text {
  return joinTexts(words.flatMap((word, i) => (i < holes.length ? [word, holes[i]] : [word])));
}

/** Several as one, without anything between them. */
export function joinTexts(parts: readonly Hole[]): Text {
  return parts.flatMap((part) => toText(part)).filter((part) => part !== '');
}

export function toText(part: Hole): Text {
  if (part === undefined) return [];
  return isText(part) ? part : [part];
}

function isText(part: Inline | Text): part is Text {
  return Array.isArray(part);
}

/** Sentences of one paragraph, a blank between them; what is undefined or empty is left out. */
export function sentences(...parts: Hole[]): Text {
  const there = parts.map(toText).filter((part) => part.length > 0);
  return joinTexts(there.flatMap((part, i) => (i === 0 ? [part] : [' ', part])));
}

/** Keys under which an object has a text. */
type QuoteKey<T> = { [K in keyof T]-?: T[K] extends string | undefined ? K : never }[keyof T] & string;

/** Outside text, by reference. `part` may take a piece of it, or its first letter in upper case. */
export function quote<T extends object>(
  owner: T,
  key: QuoteKey<T>,
  part: (text: string) => string = (text) => text,
): Quote {
  return { kind: 'quote', owner, key, shown: part(String(owner[key] ?? '')) };
}

/** Outside text from a list of texts. */
export function quoteAt(owner: readonly string[], index: number): Quote {
  return { kind: 'quote', owner, key: `${index}`, shown: owner[index] };
}

export function code(typed: string | Quote): Inline {
  return { kind: 'code', text: typed };
}

export function strong(words: string | Quote | Text): Inline {
  return { kind: 'strong', text: typeof words === 'string' || 'kind' in words ? [words] : words };
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Text }
  /** A title within a section. */
  | { readonly kind: 'heading'; readonly text: Text }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  /** What limits all that follows: set apart from it. */
  | { readonly kind: 'caution'; readonly text: Text }
  | { readonly kind: 'code'; readonly language: string; readonly lines: string }
  | Table
  /** `file`: where its picture lies beside the document, if it was drawn; `alt`: what it shows, for those who cannot see it. */
  | { readonly kind: 'chart'; readonly file?: string; readonly alt: Text; readonly chart: Chart }
  | { readonly kind: 'details'; readonly summary: Text; readonly blocks: readonly Block[] };

export interface Table {
  readonly kind: 'table';
  readonly columns: readonly TableColumn[];
  readonly rows: readonly Row[];
}

export interface TableColumn {
  readonly head: Text;
  readonly align: 'left' | 'right';
}

/** A cell per column; an empty one has nothing to say. */
export type Row = readonly Text[];

/** A part of a document, with an id that stays the same. Its title may be empty: then it follows without one. */
export interface Section {
  readonly id: string;
  readonly title: Text;
  readonly blocks: readonly Block[];
}

/** `data`: all that figures and quotes are read from. What has a pointer into it can be looked up by any reader. */
export interface Document {
  readonly title: Text;
  /** It becomes a part of somebody else's page, such as a comment: its title is a small one. */
  readonly embedded?: true;
  readonly sections: readonly Section[];
  readonly data: object;
}

export function paragraph(words: Hole): Block {
  return { kind: 'paragraph', text: toText(words) };
}

export function heading(words: Hole): Block {
  return { kind: 'heading', text: toText(words) };
}

/** A list; nothing where it has no items. */
export function list(items: readonly Hole[]): Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items: items.map(toText) }];
}

/** A column of a table: its head, and what stands in it for a row. To add one is to add a line. */
export interface Column<R> {
  readonly head: Hole;
  readonly align?: 'left' | 'right';
  /** Undefined where the row has nothing to say here. */
  readonly of: (row: R) => Hole;
}

/** A table from its columns. `–` stands where a column has nothing to say. */
export function table<R>(columns: readonly (Column<R> | undefined)[], rows: readonly R[]): Table {
  const shown = columns.filter((column) => column !== undefined);
  return {
    kind: 'table',
    columns: shown.map(({ head, align = 'left' }) => ({ head: toText(head), align })),
    rows: rows.map((row) => shown.map(({ of }) => toText(of(row) ?? '–'))),
  };
}
