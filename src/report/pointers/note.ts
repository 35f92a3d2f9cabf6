import type { Interval } from '../../analysis/types.js';
import type { Size } from '../../analysis/winner-bands.js';
import type { AxisValue } from '../../contract/scenario.js';

/** Where a figure or a text in a report comes from, as the place that writes it knows it. */
export type Origin =
  /** A number of the analysis, with its interval where it is printed, too. */
  | { readonly kind: 'value'; readonly value: number; readonly interval?: Interval }
  | { readonly kind: 'axis'; readonly axis: string; readonly value: AxisValue }
  /** How many things of this name there are: rounds, cores. */
  | { readonly kind: 'count'; readonly noun: string; readonly value: number }
  /** How many of these objects of the analysis there are. */
  | { readonly kind: 'these'; readonly of: readonly object[] }
  /** The sum of `above`, over `below`. */
  | { readonly kind: 'quotient'; readonly above: readonly number[]; readonly below: number }
  /** The middle, in factors, between two sizes that were measured. */
  | { readonly kind: 'middle'; readonly of: readonly [Size, Size] }
  /** A constant of the tool, by its name. */
  | { readonly kind: 'tool'; readonly name: string }
  /** A text of the header or the analysis; where it is none, its numbers are fields of the header. */
  | { readonly kind: 'text'; readonly text: string };

/** A part of a text, half-open, in UTF-16 units, and where it comes from. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly origin: Origin;
}

export interface NotedText {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** Origins by their content, each with its place in the order in which they were noted. */
type Ledger = Map<string, { readonly place: number; readonly origin: Origin }>;

/*
 * Set only while `withNotes` composes. The sentences of a report are written by many small functions that return
 * strings; handing a ledger through all of them would bury what they say. Composing is synchronous.
 */
let ledger: Ledger | undefined;

/* Around a noted text stand two characters of a private plane, which no text holds; the first one names the origin. */
const firstMark = 0xf0000;
const lastMark = 0xffffd;
const endMark = '\u{10fffd}';
const marks = /[\u{f0000}-\u{ffffd}\u{10fffd}]/gu;

/** Says where a piece of text comes from. Outside of `withNotes` it is the text alone. */
export function noted(text: string, origin: Origin): string {
  if (ledger === undefined) return text;
  // By content, so that equal sentences stay equal.
  const key = origin.kind === 'these' ? `these ${ledger.size}` : JSON.stringify(origin, infinities);
  const entry = ledger.get(key) ?? { place: firstMark + ledger.size, origin: clean(origin) };
  if (entry.place > lastMark) throw new Error('a report cannot note so many origins');
  ledger.set(key, entry);
  return `${String.fromCodePoint(entry.place)}${text}${endMark}`;
}

/** Composes a text and tells where its figures come from. */
export function withNotes(compose: () => string): NotedText {
  const outer = ledger;
  const own: Ledger = new Map();
  ledger = own;
  try {
    const marked = compose();
    return spansOf(
      marked,
      [...own.values()].map(({ origin }) => origin),
    );
  } finally {
    ledger = outer;
  }
}

function spansOf(marked: string, origins: readonly Origin[]): NotedText {
  const spans: Span[] = [];
  const open: { start: number; origin: Origin }[] = [];
  let text = '';
  let from = 0;
  for (const { 0: mark, index } of marked.matchAll(marks)) {
    text += marked.slice(from, index);
    from = index + mark.length;
    if (mark !== endMark) {
      open.push({ start: text.length, origin: origins[(mark.codePointAt(0) ?? 0) - firstMark] });
      continue;
    }
    const closed = open.pop();
    if (closed !== undefined) spans.push({ ...closed, end: text.length });
  }
  return { text: text + marked.slice(from), spans };
}

/** A text that was composed of noted parts is looked up as a reader sees it. */
function clean(origin: Origin): Origin {
  return origin.kind === 'text' ? { ...origin, text: origin.text.replace(marks, '') } : origin;
}

/** JSON has no infinity, and two origins must not be one because of it. */
function infinities(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
