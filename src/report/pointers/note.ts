import type { Size } from '../../analysis/winner-bands.js';
import type { AxisValue, Point } from '../../contract/scenario.js';

/**
 * Where a figure or a text in a report comes from. The place that writes it hands over the very object that it has it
 * from, so that an equal number elsewhere can never be meant.
 */
export type Origin =
  /** An estimate or a coefficient, with its interval. */
  | { readonly kind: 'estimate'; readonly from: object }
  /** A number that an object has under this name. */
  | { readonly kind: 'field'; readonly from: object; readonly name: string }
  /** A value of an axis that was measured; `point`: where. */
  | { readonly kind: 'axis'; readonly axis: string; readonly value: AxisValue; readonly point?: Point }
  /** A place on an axis that was found: the border or the end of a region; `rounded`: told with two digits. */
  | {
      readonly kind: 'border';
      readonly from: object;
      readonly name: string;
      readonly rounded: boolean;
    }
  /** How many of these objects of the analysis there are. */
  | { readonly kind: 'these'; readonly from: readonly object[] }
  /** The sum of all but the last, over the last. */
  | { readonly kind: 'quotient'; readonly from: readonly Field[] }
  /** The middle, in factors, between two sizes that were measured. */
  | { readonly kind: 'middle'; readonly of: readonly [Size, Size] }
  /** A constant of the tool, by its name. */
  | { readonly kind: 'tool'; readonly name: string }
  /** A text that an object has under this name: each number in it leads there. */
  | { readonly kind: 'text'; readonly from: object; readonly name: string };

/** What an object of the tree has under a name. */
export interface Field {
  readonly from: object;
  readonly name: string;
}

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

/** What was noted, each with its place in the order of noting; objects are known by a number. */
interface Ledger {
  readonly origins: Map<string, { readonly place: number; readonly origin: Origin }>;
  readonly objects: Map<object, number>;
}

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
  if (ledger === undefined || text === '') return text;
  const key = keyOf(origin, ledger.objects);
  const entry = ledger.origins.get(key) ?? { place: firstMark + ledger.origins.size, origin };
  if (entry.place > lastMark) throw new Error('a report cannot note so many origins');
  ledger.origins.set(key, entry);
  return `${String.fromCodePoint(entry.place)}${text}${endMark}`;
}

/** Writes a number that `from` has under a name, and says so; `otherwise` where it has none. */
export function told<T extends object, K extends keyof T & string>(
  from: T,
  name: K,
  write: (value: NonNullable<T[K]>) => string,
  otherwise = '–',
): string {
  const value = from[name];
  return value === undefined || value === null
    ? otherwise
    : noted(write(value), { kind: 'field', from, name });
}

/** A text as a reader sees it: equal ones are equal wherever their figures come from. */
export function bare(text: string): string {
  return text.replace(marks, '');
}

/** Composes a text and tells where its figures come from. */
export function withNotes(compose: () => string): NotedText {
  const outer = ledger;
  const own: Ledger = { origins: new Map(), objects: new Map() };
  ledger = own;
  try {
    const marked = compose();
    return spansOf(
      marked,
      [...own.origins.values()].map(({ origin }) => origin),
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

/** Equal for what is the same: objects are themselves, sizes and points what they hold. */
function keyOf(origin: Origin, objects: Map<object, number>): string {
  const numberOf = (object: object) => {
    const known = objects.get(object) ?? objects.size;
    objects.set(object, known);
    return known;
  };
  switch (origin.kind) {
    case 'these':
      return JSON.stringify({ ...origin, from: origin.from.map(numberOf) });
    case 'quotient':
      return JSON.stringify({
        ...origin,
        from: origin.from.map(({ from, name }) => [numberOf(from), name]),
      });
    default:
      return JSON.stringify('from' in origin ? { ...origin, from: numberOf(origin.from) } : origin);
  }
}
