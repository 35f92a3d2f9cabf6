import type { Size } from '../../analysis/winner-bands.js';
import type { Field, NotedText, Origin, Span } from './note.js';
import { numbersIn, type PrintedNumber } from './numbers.js';
import { fieldOf, type Roots, type Sources, sourcesOf } from './sources.js';

/*
 * How a number of a verdict gets its pointer. The sentence that prints it hands the object that it has it from to
 * `noted` (note.ts), which marks the text; here the marks have become spans, and each object is looked up in the tree of
 * everything that the verdict is made from (sources.ts), by identity. Nothing is ever looked up by its value, except
 * values of axes and sizes, by their name and at the point that is told: those mean the same in every cell that has them.
 * A number that nobody noted gets no pointer, and an object that is not of the tree an empty one: the checker (check.ts)
 * finds both, and it judges by its own rules of meaning (meaning/) whether what is pointed at is what the sentence says.
 *
 * Not promised: a number within a sentence that the analysis composed (a finding, a claim's reason, why a formula was
 * rejected) leads to that sentence and not beyond it. Where a line speaks for several (pools that share a reason, lines
 * of a grid that share an answer), it leads to the first of them. Names in code font and versions in them are no numbers.
 */

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
    figures.set(`${start} ${end}`, { start, end, found: find(span.origin, sources, roots) });
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

/** Where an origin stands in the tree; nowhere, `from` is empty, and the checker says so. */
function find(origin: Origin, sources: Sources, roots: Roots): Found {
  switch (origin.kind) {
    case 'estimate':
      return { rule: 'value', from: present([sources.object(origin.from)]) };
    case 'field':
      return { rule: 'value', from: fields([origin], sources) };
    case 'text':
      return { rule: 'text', from: fields([origin], sources) };
    case 'border':
      return { rule: origin.rounded ? 'two digits' : 'axis value', from: fields([origin], sources) };
    case 'axis':
      return { rule: 'axis value', from: present([measuredAt(origin, roots)]) };
    case 'these':
      return { rule: 'count', from: present(origin.from.map((each) => sources.object(each))) };
    case 'quotient':
      return { rule: 'quotient', from: fields(origin.from, sources) };
    case 'middle':
      return { rule: 'middle', from: origin.of.flatMap((size) => findSize(size, roots)) };
    case 'tool':
      return { rule: 'constant', from: [`tool:${origin.name}`] };
  }
}

/** All or none: of a part, another figure could be made. */
function present(pointers: readonly (string | undefined)[]): string[] {
  const found = pointers.filter((pointer) => pointer !== undefined);
  return found.length === pointers.length ? found : [];
}

function fields(places: readonly Field[], sources: Sources): string[] {
  return present(
    places.map(({ from, name }) => {
      const pointer = sources.object(from);
      return pointer === undefined ? undefined : fieldOf(pointer, name);
    }),
  );
}

/** In the header of a cell at that point, or among what all points share. */
function measuredAt(
  { axis, value, point = {} }: Extract<Origin, { kind: 'axis' }>,
  { header }: Roots,
): string | undefined {
  const here = ({ point: its }: (typeof header.cells)[number]) =>
    its[axis] === value && Object.keys(point).every((name) => !(name in its) || its[name] === point[name]);
  const cell = header.cells.findIndex(here);
  if (cell >= 0) return fieldOf(`header:/cells/${cell}/point`, axis);
  return header.defaults[axis] === value ? fieldOf('header:/defaults', axis) : undefined;
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

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}
