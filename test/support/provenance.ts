import { axisWords } from '../../src/contract/axes.js';
import type { Chart } from '../../src/document/chart.js';
import { type Block, type Document, type Inline, paragraph, type Text } from '../../src/document/document.js';
import { computeDerived, derivedOf, type Figure, readFigure, type Unit } from '../../src/document/figure.js';
import { referencesIn, resolvePointers, type Source, textsIn } from '../../src/document/pointers.js';
import { printFigure } from '../../src/document/units.js';

/*
 * What is wrong with where the figures of a document come from, as sentences; empty where each leads to a number in the file
 * itself, where that number is the one that is printed, and where no sentence has a digit that is from nowhere.
 */

/** `names`: labels and axes, whose digits are no figures. */
export function provenanceProblems(document: Document, names: readonly string[]): string[] {
  const file = { data: dataInFile(document.data) };
  const sourceOf = resolvePointers(document);
  const titles = [document.title, ...document.sections.map(({ title }) => title)].map(paragraph);
  const blocks = [...titles, ...document.sections.flatMap((section) => section.blocks)];
  const problems = referencesIn(blocks).flatMap((from) => {
    const source = sourceOf(from);
    const said = from.kind === 'figure' ? printFigure(from) : from.shown;
    if (source === undefined) return [`"${said}" (${from.key}) has no place in the data`];
    if (from.kind === 'quote') return quoteProblem(source, file, from.shown);
    return [...resolvedProblem(from, source, file), ...printedProblem(from, said)];
  });
  return [
    ...problems,
    ...looseDigits(blocks.flatMap(textsIn), names),
    ...chartsIn(blocks).flatMap((chart) => chartProblems(chart, document.data, names)),
  ];
}

const written = new WeakMap<object, unknown>();

/** The data as JSON has it. Documents of one run share most of theirs, which is written once. */
function dataInFile(data: object): unknown {
  const entries = Object.entries(data).map(([key, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null) return [key, asJson(value)] as const;
    const there = written.get(value) ?? asJson(value);
    written.set(value, there);
    return [key, there] as const;
  });
  return Object.fromEntries(entries);
}

/** A quote is a piece of the text that it leads to, but for its first letter. */
function quoteProblem(source: Source, file: unknown, shown: string): string[] {
  const there = resolveInFile(source, file);
  return String(there).toLowerCase().includes(shown.toLowerCase()) ? [] : [`"${shown}" is not at ${source}`];
}

/** What the pointer leads to in the file is what the figure reads, as JSON holds it. */
function resolvedProblem(figure: Figure, source: Source, file: unknown): string[] {
  const derived = derivedOf(figure);
  const expected = derived === undefined ? asJson(readFigure(figure)) : derived.value;
  const found = resolveInFile(source, file);
  if (JSON.stringify(found) !== JSON.stringify(expected))
    return [`"${printFigure(figure)}": ${JSON.stringify(source)} is ${JSON.stringify(found)}`];
  if (derived === undefined || derived.rule === 'count') return [];
  return computeDerived(derived.rule, derived.of) === derived.value
    ? []
    : [`"${printFigure(figure)}" is not made of its parts`];
}

function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** A value at a pointer, or what its rule makes of the values at several, computed by nothing but the rule's definition. */
function resolveInFile(source: Source, file: unknown): unknown {
  if (typeof source === 'string') return resolvePointer(`/data${source}`, file);
  const values = source.of.map((each) => resolveInFile(each, file));
  if (source.rule === 'count') return new Set(source.of).size;
  const numbers = values.map(Number);
  if (source.rule === 'middle') return Math.sqrt(numbers.reduce((product, each) => product * each, 1));
  return numbers.slice(0, -1).reduce((sum, each) => sum + each, 0) / numbers[numbers.length - 1];
}

/** What a JSON pointer leads to. */
export function resolvePointer(pointer: string, file: unknown): unknown {
  const keys = pointer.split('/').slice(1);
  return keys.reduce<unknown>(
    (at, key) => fieldOf(at, key.replaceAll('~1', '/').replaceAll('~0', '~')),
    file,
  );
}

/** Everything in a file that says with a pointer where its value is from. */
export function pointersIn(file: unknown): { readonly from: string; readonly value?: unknown }[] {
  if (typeof file !== 'object' || file === null) return [];
  const here = 'from' in file && typeof file.from === 'string' && ('value' in file || 'text' in file);
  if (here) return [file as { from: string }];
  return Object.values(file).flatMap(pointersIn);
}

function fieldOf(at: unknown, key: string): unknown {
  return typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** What is printed reads back as the number, and as the ends of its interval, to the digits that it has. */
function printedProblem(figure: Figure, printed: string): string[] {
  const value = readFigure(figure);
  if (typeof value === 'string') return printed === value ? [] : [`"${printed}" is ${value}`];
  const numbers = typeof value === 'number' ? [value] : [value.value, ...endsOf(value.interval)];
  if (figure.unit === 'change' || figure.unit === 'difference')
    return changeProblem(figure, numbers, printed);
  const expected = numbers.filter(Number.isFinite).map((each) => inPrintedUnit(figure, each));
  const read = readPrinted(printed);
  const near =
    read.length === expected.length &&
    read.every(({ value: shown, tolerance }, i) => {
      const size = figure.unsigned ? Math.abs(expected[i]) : expected[i];
      // Two digits are within a twentieth.
      return Math.abs(shown - size) <= tolerance + (hasTwoDigits(figure) ? Math.abs(size) / 20 : 0);
    });
  return near ? [] : [`"${printed}" is ${expected.join(', ')}`];
}

function hasTwoDigits({ digits, unit }: Figure): boolean {
  return digits === 2 || unit === 'duration' || unit === 'bytes/ns';
}

/** A change is what a ratio adds, or the ratio itself from a doubling on; a difference has no sign and no interval. */
function changeProblem({ unit }: Figure, [ratio, ...ends]: readonly number[], printed: string): string[] {
  const isFactor = ratio >= 2 || ratio <= 0.5;
  const expected =
    unit === 'difference'
      ? [isFactor ? Math.max(ratio, 1 / ratio) : Math.abs(ratio - 1)]
      : [ratio, ...ends].map((each) => (isFactor ? each : each - 1));
  const read = readPrinted(printed);
  const near =
    read.length === expected.length &&
    // Less than a thousandth is no change.
    read.every(({ value, tolerance }, i) => Math.abs(value - expected[i]) <= tolerance + 0.001);
  return near ? [] : [`"${printed}" is ${expected.join(', ')}`];
}

function endsOf(interval: { readonly low: number; readonly high: number } | undefined): number[] {
  return interval === undefined ? [] : [interval.low, interval.high];
}

/** In the base unit of what is printed: ns, bytes, a share. Uses are rounded up. */
function inPrintedUnit({ unit }: Figure, value: number): number {
  if (typeof unit === 'object') return value * (axisWords(unit.axis).unitNs ?? 1);
  if (unit === 'ms') return value * 1e6;
  if (unit === 'bytes/ns') return value * 1e9;
  return unit === 'runs' || unit === 'passes' ? Math.ceil(value) : value;
}

/** Those in folded parts, too. */
export function chartsIn(blocks: readonly Block[]): Chart[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'chart') return [block.chart];
    return block.kind === 'details' ? chartsIn(block.blocks) : [];
  });
}

/** How a scale is read: a definition, and no number of the run. */
const definitions = ['1×', '2× is half the time'];

/**
 * What is written on a chart is plain words. Titles, axes and legends have no digit but in a name, in a definition, or in
 * the level of the intervals; what else is written, such as where it was measured or what was found at a mark, prints numbers
 * of the data.
 */
function chartProblems(chart: Chart, data: object, names: readonly string[]): string[] {
  const known = knownOf.get(data) ?? knownIn(data);
  knownOf.set(data, known);
  const { words, prints } = writtenOn(chart);
  const fixed = [...names, ...known.texts, ...definitions, ...known.levels];
  return [
    ...looseDigits(
      words.map((each) => [each]),
      fixed,
    ).map((problem) => `on a chart, ${problem}`),
    ...prints.flatMap(({ text, numbers = known.numbers }) => {
      const near = ({ value, tolerance }: Printed) =>
        numbers.some((each) => Math.abs(each - value) <= tolerance + 1e-9 * Math.abs(each));
      return readPrinted(withoutNames(text, fixed))
        .filter((printed) => !near(printed))
        .map(({ value }) => `on a chart, ${value} from nowhere in "${text}"`);
    }),
  ];
}

/** `numbers`: those that a text may print, where it is not any of the data. */
interface Print {
  readonly text: string;
  readonly numbers?: readonly number[];
}

function writtenOn(chart: Chart): { words: readonly string[]; prints: readonly Print[] } {
  const words = [chart.title];
  const prints: Print[] = [...chart.subtitle, chart.caption].map((text) => ({ text }));
  switch (chart.kind) {
    case 'lines':
      return {
        words: [...words, chart.x.title, chart.y.title],
        prints: [...prints, ...marksOf(chart.marks, chart.x.unit)],
      };
    case 'bars':
      return {
        words: [...words, chart.value.title, ...chart.looks.flatMap(({ name, means }) => [name, means])],
        prints: [...prints, ...marksOf(chart.marks, chart.value.unit)],
      };
    case 'dots':
      return {
        words: [...words, chart.value.title],
        prints: [
          ...prints,
          ...chart.columns.map(({ name }) => ({ text: name })),
          ...marksOf(chart.marks, chart.value.unit),
        ],
      };
    case 'map':
      return {
        words: [
          ...words,
          chart.x.title,
          chart.y.title,
          ...chart.borders.map(({ name }) => name),
          ...chart.legend.map(({ text }) => text),
        ],
        prints: [...prints, ...chart.fields.map(({ text }) => ({ text }))],
      };
    case 'timeline':
      return {
        words,
        prints: [
          ...prints,
          ...chart.groups.map(({ name }) => ({ text: name })),
          // A worker's number is its place among the lanes.
          ...chart.groups.flatMap(({ lanes }) =>
            lanes.map(({ name }, at) => ({ text: name, numbers: [at] })),
          ),
        ],
      };
  }
}

/** What stands at a place of an axis says that place, to two digits; a change over time says its size. */
function marksOf(marks: Extract<Chart, { kind: 'lines' }>['marks'], unit: Unit): Print[] {
  return marks.flatMap(({ text, at, shaded }) => {
    if (text === undefined) return [];
    const places = [at, shaded?.low, shaded?.high].filter((each) => each !== undefined);
    const numbers = places.flatMap((each) => {
      const place = typeof unit === 'object' ? each * (axisWords(unit.axis).unitNs ?? 1) : each;
      return [place, Number(place.toPrecision(2))];
    });
    return [unit === 'count' ? { text } : { text, numbers }];
  });
}

const knownOf = new WeakMap<object, ReturnType<typeof knownIn>>();

/** All that a document's data has to be printed: its texts, its numbers as they may be printed, the level of its intervals. */
function knownIn(data: object) {
  const texts = new Set<string>();
  const numbers = new Set<number>();
  const levels = new Set<string>();
  const walk = (value: unknown, key: string) => {
    if (typeof value === 'string') for (const each of namesIn(value, key)) texts.add(each);
    if (typeof value === 'number') {
      numbers.add(value).add(value * (axisWords(key).unitNs ?? 1));
      // What a ratio adds.
      if (key === 'ratio') numbers.add(value - 1).add(1 - value);
      if (key === 'levelOfIntervals') levels.add(`${100 * value} %`);
    }
    if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value)) walk(each, Array.isArray(value) ? key : name);
  };
  walk(data, '');
  return { texts: [...texts], numbers: [...numbers], levels: [...levels] };
}

/** As it is shown: a version without its `v` and what is behind the minor one, a commit by its first letters. A number is no name. */
function namesIn(text: string, key: string): string[] {
  if (key === 'commit') return [text.slice(0, 7)];
  const version = /^v?(\d+\.\d+)\.\d+$/.exec(text);
  if (version !== null) return [version[1]];
  return /\d/.test(text) && /[A-Za-z]{2}/.test(text) ? [text] : [];
}

function withoutNames(text: string, names: readonly string[]): string {
  return [...names]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, name) => rest.replaceAll(name, ''), text);
}

/** Digits in words: a number that was written by hand, or printed before it came into the text. */
function looseDigits(texts: readonly Text[], names: readonly string[]): string[] {
  return texts
    .flatMap((text) => text.flatMap(wordsOf))
    .filter((words) => /\d/.test(words) && /\d/.test(withoutNames(words, names)))
    .map((words) => `a number from nowhere in "${words}"`);
}

function wordsOf(part: Inline): string[] {
  if (typeof part === 'string') return [part];
  return part.kind === 'strong' || part.kind === 'emphasis' || part.kind === 'link'
    ? part.text.flatMap(wordsOf)
    : [];
}

/** A number as printed, in the base unit of its kind, and how far it may be from the truth by rounding alone. */
interface Printed {
  readonly value: number;
  readonly tolerance: number;
}

const scales: Readonly<Record<string, number>> = {
  ns: 1,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  min: 60e9,
  h: 3_600e9,
  days: 86_400e9,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  'MB/s': 1e6,
  'GB/s': 1e9,
  '%': 0.01,
};

const figure =
  /(−?)(\d[\d,]*(?:\.\d+)?)\s?(ns|µs|ms|min|days|h|s|MB\/s|GB\/s|k|M|G|KiB|MiB|GiB|TiB|B|%)?(?![\p{L}\d])/gu;

/**
 * Reads a figure back: `1.83 ms [1.7, 2]` → three numbers in ns. The unit stands behind the first, and the ends of the
 * interval share it unless they have their own. It shares nothing with the formatting, which it is there to check.
 */
function readPrinted(text: string): Printed[] {
  const found = [...text.matchAll(figure)];
  const first = found[0]?.[3];
  return found.map(([, minus, digits, unit = first]) => {
    const scale = unit === undefined ? 1 : scales[unit];
    const decimals = digits.split('.')[1]?.length ?? 0;
    const size = Number(digits.replaceAll(',', '')) * scale;
    // Half of the last digit, and a little for the arithmetic.
    return {
      value: minus === '' ? size : -size,
      tolerance: scale * 10 ** -decimals * 0.5000001 + 1e-9 * size,
    };
  });
}
