/*
 * Figures: numbers by reference. A document never holds a number itself. It holds where the number stands in the data that
 * the document is made from, so that what is printed cannot be another one, and every renderer can say where it is from.
 */

/** A number with its range: what `Estimate` of the analysis is, as far as it is printed. */
export interface Ranged {
  readonly value: number;
  readonly interval?: { readonly low: number; readonly high: number };
}

/**
 * What a number counts, and so how it is printed (units.ts).
 * `ms`: a time that is stored in milliseconds. `duration`: ns that may be hours and days, to two digits. `bytes/ns`: a rate
 * that somebody named, to two digits. `whole`: every digit. `count`: shortened from 10k on. `share`: 0 to 1, as
 * percent. `part`: a share of one whole, in full percent. `level`: a share that is a constant of the tool, in all its digits.
 * `change`: a ratio as what it adds, "+15 %", from a doubling on as a factor; `difference`: the same without its sign and
 * its interval, where the sentence says which way it goes.
 * `cores`: how many were at work, on average.
 * `runs`, `passes`: how often something is done, rounded up. `axis`: a place on an axis, which has a unit of its own.
 */
export type Unit =
  | 'ns'
  | 'ms'
  | 'duration'
  | 'bytes'
  | 'bytes/s'
  | 'bytes/ns'
  | 'ratio'
  | 'change'
  | 'difference'
  | 'count'
  | 'whole'
  | 'share'
  | 'part'
  | 'level'
  | 'cores'
  | 'runs'
  | 'passes'
  | { readonly axis: string };

/** A number that is read from `owner[key]`. */
export interface Figure {
  readonly kind: 'figure';
  readonly owner: object;
  readonly key: string;
  readonly unit: Unit;
  /** Significant digits at most; without it, as many as the unit has. */
  readonly digits?: 2 | 3;
  /** Printed without its sign, where the sentence says which way it goes. */
  readonly unsigned?: true;
}

/** How a figure is printed beyond its unit. */
export type Shown = Pick<Figure, 'digits' | 'unsigned'>;

/** Keys under which an object has a number, with a range or without. */
export type FigureKey<T> = {
  [K in keyof T]-?: NonNullable<T[K]> extends number | Ranged ? K : never;
}[keyof T] &
  string;

/** The number that an object has under a key. Throws where it has none: see `figureIf`. */
export function figure<T extends object>(owner: T, key: FigureKey<T>, unit: Unit, shown: Shown = {}): Figure {
  const made = figureIf(owner, key, unit, shown);
  if (made === undefined) throw new Error(`a figure without a number: ${key}`);
  return made;
}

/** The same, or nothing where the object has no number under that key. */
export function figureIf<T extends object>(
  owner: T,
  key: FigureKey<T>,
  unit: Unit,
  shown: Shown = {},
): Figure | undefined {
  const value: unknown = owner[key];
  return value === undefined || value === null ? undefined : { kind: 'figure', owner, key, unit, ...shown };
}

/** The value that a point has on an axis: a number, or the word that stands for it. */
export function coordinate(point: Readonly<Record<string, number | string>>, axis: string): Figure {
  if (point[axis] === undefined) throw new Error(`a point without a value on the axis ${axis}`);
  return { kind: 'figure', owner: point, key: axis, unit: { axis } };
}

/** What a figure stands for now. */
export function readFigure({ owner, key }: Figure): number | string | Ranged {
  return (owner as Readonly<Record<string, number | string | Ranged>>)[key];
}

/** A number that is made of others by one of three rules. It is computed here alone, from what it names. */
export type Derived =
  /** The sum of all but the last, over the last. */
  | { readonly rule: 'quotient'; readonly of: readonly Figure[]; readonly value: number }
  /** The middle, in factors, of two sizes; each is the product of as many quantities. */
  | { readonly rule: 'middle'; readonly of: readonly Figure[]; readonly value: number }
  /** How many there are. */
  | { readonly rule: 'count'; readonly of: readonly object[]; readonly value: number };

/** The sum of all but the last, over the last. */
export function quotient(of: readonly Figure[], unit: Unit): Figure {
  return derive({ rule: 'quotient', of, value: computeDerived('quotient', of) }, unit);
}

/** The geometric mean of two sizes that are products of as many quantities each, to two digits. */
export function middle(below: readonly Figure[], above: readonly Figure[], unit: Unit): Figure {
  const of = [...below, ...above];
  return derive({ rule: 'middle', of, value: computeDerived('middle', of) }, unit, { digits: 2 });
}

/** How many of these objects of the data there are. */
export function count(of: readonly object[]): Figure {
  return derive({ rule: 'count', of, value: of.length }, 'whole');
}

/** The value of a rule; the figures that it is made of must be plain numbers. */
export function computeDerived(rule: 'quotient' | 'middle', of: readonly Figure[]): number {
  const values = of.map((each) => Number(readFigure(each)));
  if (rule === 'middle') return Math.sqrt(values.reduce((product, each) => product * each, 1));
  return values.slice(0, -1).reduce((sum, each) => sum + each, 0) / values[values.length - 1];
}

function derive(owner: Derived, unit: Unit, shown: Shown = {}): Figure {
  return { kind: 'figure', owner, key: 'value', unit, ...shown };
}

/** The rule behind a figure that is made of others. */
export function derivedOf({ owner }: Figure): Derived | undefined {
  return 'rule' in owner && 'of' in owner ? (owner as Derived) : undefined;
}
