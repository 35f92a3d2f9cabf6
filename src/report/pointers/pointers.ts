import type { Interval } from '../../analysis/types.js';
import type { Size } from '../../analysis/winner-bands.js';
import { twoDigits } from '../axes.js';
import type { NotedText, Origin, Span } from './note.js';
import { numbersIn, type PrintedNumber } from './numbers.js';
import { type Roots, type Sources, sourcesOf, valueKey } from './sources.js';

/** How what is printed follows from what is pointed at. `value`: it is that value, rounded. */
export type Rule =
  | 'value'
  /** The value of an axis, with the unit of the axis. */
  | 'axis value'
  | 'two digits'
  /** The sum of all values but the last, over the last. */
  | 'quotient'
  /** The middle of two sizes, in factors, to two digits: of the product of the first half and that of the second. */
  | 'middle'
  /** How many there are. */
  | 'count'
  /** Stands in that text. */
  | 'text'
  | 'constant';

/** One figure of a verdict and where it comes from. */
export interface Pointer {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** As it is printed, with unit and interval. */
  readonly text: string;
  readonly rule: Rule;
  /** `header:`, `analysis:`, `formulas:` or `scaling:` and a JSON pointer; `tool:` and the name of a constant. Empty: not found. */
  readonly from: readonly string[];
  /** Cells whose records it rests on; absent for what the header says, or the run as a whole. */
  readonly records?: readonly string[];
}

/** File name of the pointers, beside the verdict. */
export const pointersName = 'verdict.pointers.json';

/** One figure per line, so that a difference between two reports can be read. */
export function pointersText(pointers: readonly Pointer[]): string {
  return `[\n${pointers.map((pointer) => JSON.stringify(pointer)).join(',\n')}\n]\n`;
}

/** A pointer for each figure of a text; a number that nobody noted gets none. */
export function pointersOf({ text, spans }: NotedText, roots: Roots): Pointer[] {
  const sources = sourcesOf(roots);
  const labels = roots.header.strategies.map(({ label }) => label);
  const figures = new Map<string, { start: number; end: number; found: Found }>();
  for (const number of numbersIn(text, labels)) {
    const span = spanOf(number, spans);
    if (span === undefined) continue;
    const whole = span.origin.kind === 'text' ? number : span;
    const { start, end } = whole;
    figures.set(`${start} ${end}`, { start, end, found: find(span.origin, number, sources, roots) });
  }
  const lines = lineStarts(text);
  return [...figures.values()].map(({ start, end, found }) => {
    const line = lines.findLastIndex((from) => from <= start);
    const records = [...new Set(found.from.flatMap((pointer) => sources.records(pointer)))];
    return {
      line: line + 1,
      column: start - lines[line] + 1,
      text: text.slice(start, end),
      ...found,
      ...(records.length === 0 ? {} : { records }),
    };
  });
}

/** The outermost figure that a number is part of; a text only where it is part of no figure. */
function spanOf({ start, end }: PrintedNumber, spans: readonly Span[]): Span | undefined {
  const around = spans.filter((span) => span.start <= start && span.end >= end);
  // What encloses another ends with it or after it, so that it stands behind it in the list.
  const outermost = (some: readonly Span[]) =>
    some.reduce<Span | undefined>(
      (best, one) => (best && best.end - best.start > one.end - one.start ? best : one),
      undefined,
    );
  return outermost(around.filter(({ origin }) => origin.kind !== 'text')) ?? outermost(around);
}

type Found = Pick<Pointer, 'rule' | 'from'>;

function find(origin: Origin, number: PrintedNumber, sources: Sources, roots: Roots): Found {
  switch (origin.kind) {
    case 'value':
      return findValue(origin, sources);
    case 'axis':
      return findAxis(origin, sources, roots);
    case 'count':
      return findCount(origin, sources);
    case 'these':
      return { rule: 'count', from: origin.of.flatMap((each) => sources.object(each) ?? []) };
    case 'quotient':
      return { rule: 'quotient', from: findQuotient(origin, sources) };
    case 'middle':
      return { rule: 'middle', from: origin.of.flatMap((size) => findSize(size, roots)) };
    case 'tool':
      return { rule: 'constant', from: [`tool:${origin.name}`] };
    case 'text':
      return { rule: 'text', from: findText(origin.text, number.text, sources) };
  }
}

function findValue(
  { value, interval }: { readonly value: number; readonly interval?: Interval },
  sources: Sources,
): Found {
  const exact = sources.values(valueKey(value, interval));
  if (exact.length > 0) return { rule: 'value', from: [preferred(exact)] };
  // Milliseconds in the file, nanoseconds in sentences.
  const inMs = sources.values(valueKey(value / 1e6)).filter((pointer) => pointer.endsWith('Ms'));
  return { rule: 'value', from: inMs.slice(0, 1) };
}

/** A small number stands in many places: a size is meant before how often something was done. */
function preferred(pointers: readonly string[]): string {
  const size = /\/(keys|elements|length|split|value)$/;
  return pointers.find((pointer) => size.test(pointer)) ?? pointers[0];
}

/** The quantities of a size, in a cell that has all of them. */
function findSize(size: Size, { header }: Roots): string[] {
  const counts = ['keys', 'elements'] as const;
  const quantities = Object.entries(size).map(([name, value]) => {
    const count = counts.find((each) => each === name);
    return { value, count, at: count ?? `point/${name}`, name };
  });
  const cell = header.cells.findIndex((each) =>
    quantities.every(({ name, count, value }) => (count ? each[count] : each.point[name]) === value),
  );
  return cell < 0 ? [] : quantities.map(({ at }) => `header:/cells/${cell}/${at}`);
}

function findAxis(
  { axis, value }: Extract<Origin, { kind: 'axis' }>,
  sources: Sources,
  { header, analysis }: Roots,
): Found {
  const cell = header.cells.findIndex(({ point }) => point[axis] === value);
  if (cell >= 0) return { rule: 'axis value', from: [`header:/cells/${cell}/point/${axis}`] };
  if (header.defaults[axis] === value) return { rule: 'axis value', from: [`header:/defaults/${axis}`] };
  const crossings = analysis.accounts.flatMap(({ crossovers, each }) =>
    [...crossovers, ...each].filter((one) => one.axis === axis),
  );
  for (const crossover of crossings.flatMap((one) => one.crossovers))
    for (const [name, at] of [
      ['at', crossover.at],
      ['interval/low', crossover.interval.low],
      ['interval/high', crossover.interval.high],
    ] as const) {
      if (at === value) return { rule: 'axis value', from: [`${sources.object(crossover)}/${name}`] };
      if (twoDigits(at) === value)
        return { rule: 'two digits', from: [`${sources.object(crossover)}/${name}`] };
    }
  return { rule: 'axis value', from: [] };
}

function findCount({ noun, value }: Extract<Origin, { kind: 'count' }>, sources: Sources): Found {
  const names: Readonly<Record<string, RegExp>> = {
    round: /\/state\/time\/rounds$/,
    worker: /^(scaling:\/\d+\/cost\/(workers|low)|analysis:\/bandwidth\/\d+\/workers)$/,
    core: /^header:\/host\/(usableC|c)ores$/,
  };
  const name = names[noun];
  const from = name === undefined ? undefined : sources.values(valueKey(value)).find((one) => name.test(one));
  return { rule: 'value', from: from === undefined ? [] : [from] };
}

/** Values beside the one below the line before equal ones elsewhere: a round number of ns stands in many places. */
function findQuotient({ above, below }: Extract<Origin, { kind: 'quotient' }>, sources: Sources): string[] {
  const [under] = sources.values(valueKey(below));
  if (under === undefined) return [];
  const beside = under.slice(0, under.lastIndexOf('/') + 1);
  const over = above.flatMap((value) => {
    const all = sources.values(valueKey(value));
    return all.find((pointer) => pointer.startsWith(beside)) ?? all.slice(0, 1);
  });
  return [...over, under];
}

/** The text as a whole, else a field of the header that holds the number. */
function findText(text: string, number: string, sources: Sources): string[] {
  const [whole] = sources.texts(text);
  if (whole !== undefined) return [whole];
  const digits = number.replaceAll(',', '');
  const fields = [...sources.fields];
  const found =
    fields.find(([, field]) => typeof field === 'number' && String(field) === digits) ??
    fields.find(([, field]) => typeof field === 'string' && holds(field, number));
  return found === undefined ? [] : [found[0]];
}

/** The number itself, or the beginning of a version: 20.20 of 20.20.2, and not the 3.2 of 13.25. */
function holds(field: string, number: string): boolean {
  return new RegExp(`(?<![\\d.])${number.replaceAll('.', '\\.')}(?!\\d)`).test(field);
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}
