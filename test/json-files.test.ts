import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { get } from '@hyperjump/json-pointer';
import { describe, expect, it } from 'vitest';
import type { FindingId } from '../src/analysis/findings/finding.js';
import { comparisonJson } from '../src/app/report/comparison.js';
import { historyTexts } from '../src/app/report/history.js';
import { lessonTexts, wholeLesson } from '../src/app/report/lesson.js';
import { verdictJson } from '../src/app/report/verdict.js';
import { reportHistory } from '../src/compare/history/history.js';
import type { Chart } from '../src/document/chart.js';
import type { Block, Inline } from '../src/document/document.js';
import type { Unit } from '../src/document/figure.js';
import { composeAll } from '../src/documents/charts/recipe.js';
import { comparisonCharts } from '../src/documents/comparison/charts.js';
import { comparisonDocument } from '../src/documents/comparison/comparison.js';
import { historyRecipes } from '../src/documents/history-charts.js';
import { factsOf } from '../src/documents/lesson/facts.js';
import { historyOfThirty, madeUpComparisons } from './support/comparison-runs.js';
import { documentOf } from './support/documents.js';
import { pairComparisons, root } from './support/goldens.js';
import { madeUpLessons, madeUpParts } from './support/lesson-runs.js';
import { madeUpRuns } from './support/made-up-runs.js';
import { type SchemaNode, schemas, strictValidatorOf, validatorOf } from './support/schemas.js';

/* The documents as somebody else reads them: with a JSON-pointer library and a validator that know nothing of this tool. */

const kinds = ['verdict', 'comparison', 'lesson', 'history'] as const;
type Kind = (typeof kinds)[number];

/** Names the file, and makes its text when it is asked for. */
type Named = readonly [name: string, make: () => string];

function committed(kind: Kind): Named[] {
  return (readdirSync(`${root}reports`, { recursive: true }) as string[])
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith(`/${kind}.json`))
    .map((name) => [name, () => readFileSync(`${root}reports/${name}`, 'utf8')]);
}

const made: Readonly<Record<Kind, readonly Named[]>> = {
  verdict: madeUpRuns.map(([name, results]) => [name, () => verdictJson(documentOf(results))]),
  comparison: [...madeUpComparisons(), ...pairComparisons()].map(([name, comparison]) => [
    name,
    () =>
      comparisonJson(comparisonDocument(comparison, comparisonCharts(comparison).charts, ['PNG skipped'])),
  ]),
  lesson: madeUpLessons.map(([name, lesson]) => [
    name,
    () => lessonTexts(wholeLesson(factsOf(madeUpParts(lesson))))[1].text,
  ]),
  history: [['of thirty commits', () => historyJson(reportHistory(historyOfThirty()))]],
};

function historyJson(report: ReturnType<typeof reportHistory>): string {
  const { charts } = composeAll(historyRecipes(report));
  return historyTexts(report, charts)[1].text;
}

describe.each(kinds)('%s.json', (kind) => {
  const validate = validatorOf(kind);
  const validateStrictly = strictValidatorOf(kind);
  const files = [...committed(kind), ...made[kind].map(([name, make]): Named => [`made up: ${name}`, make])];

  it.each(files)('%s', { timeout: 120_000 }, (_, make) => {
    const text = make();
    const file: unknown = JSON.parse(text);
    expect(validate(file) ? [] : validate.errors?.slice(0, 3)).toEqual([]);
    expect(validateStrictly(file) ? [] : validateStrictly.errors?.slice(0, 3)).toEqual([]);
    const references = referencesIn(file);
    expect(references.length).toBeGreaterThan(2);
    expect(references.flatMap((each) => problemOf(each, file))).toEqual([]);
    // It holds no sign that steers a terminal.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it('is exported by the name of its schema', () => {
    const path = createRequire(import.meta.url).resolve(`breakeven/schema/${kind}.json`);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(schemas.get(kind));
  });
});

it('the committed samples are looked at', () => {
  expect(kinds.map((kind) => committed(kind).length > 0)).toEqual([true, true, true, false]);
  expect(committed('verdict').length).toBeGreaterThanOrEqual(5);
});

describe('the schemas know all that there is', () => {
  // A unit or a finding that is new does not compile here until it is named, and is looked for in the schema then.
  const units: Readonly<Record<Exclude<Unit, object>, true>> = {
    ns: true,
    ms: true,
    duration: true,
    bytes: true,
    'bytes/s': true,
    'bytes/ns': true,
    ratio: true,
    change: true,
    difference: true,
    count: true,
    whole: true,
    share: true,
    part: true,
    level: true,
    cores: true,
    runs: true,
    passes: true,
  };
  const findings: Readonly<Record<FindingId, true>> = {
    'nothing-measured': true,
    interrupted: true,
    'cells-wrong': true,
    'cells-crashed': true,
    'busy-machine': true,
    'stolen-time': true,
    'throttled-clock': true,
    'work-off-axis': true,
    'cache-warm': true,
    'data-in-cache': true,
    'new-memory': true,
    'older-series': true,
    'quick-run': true,
    'few-rounds': true,
    'first-round-slower': true,
    'drift-over-rounds': true,
    'two-modes': true,
    'typical-call-differs': true,
    'series-falling': true,
    'series-rising': true,
    'series-jumping': true,
    'timer-too-coarse': true,
    'program-clocks-apart': true,
    'garbage-collection': true,
    'memory-above-estimate': true,
    'memory-near-limit': true,
    'quota-below-cores': true,
    'more-workers-than-cores': true,
    'wide-intervals': true,
    'speed-up-above-workers': true,
    'bracket-too-wide': true,
  };
  const blocks: Readonly<Record<Block['kind'], true>> = {
    paragraph: true,
    heading: true,
    caution: true,
    list: true,
    code: true,
    table: true,
    chart: true,
    details: true,
  };
  const charts: Readonly<Record<Chart['kind'], true>> = {
    lines: true,
    bars: true,
    dots: true,
    map: true,
    timeline: true,
  };
  const inlines: Readonly<Record<Exclude<Inline, string>['kind'], true>> = {
    figure: true,
    quote: true,
    code: true,
    strong: true,
    emphasis: true,
    link: true,
  };
  const wordsOf = (file: string, definition: string, property?: string) =>
    constantsIn(partOf(schemas.get(file), '$defs', definition), property).sort();

  it.each([
    ['unit', wordsOf('document', 'unit'), Object.keys(units)],
    ['finding', wordsOf('verdict', 'finding', 'id'), Object.keys(findings)],
    ['kind of a block', wordsOf('document', 'block', 'kind'), Object.keys(blocks)],
    ['kind of a chart', wordsOf('document', 'chart', 'kind'), Object.keys(charts)],
  ])('%s', (_, named, there) => {
    expect(named).toEqual(there.toSorted());
  });

  it('kind of a piece of text', () => {
    const { anyOf } = partOf(schemas.get('document'), '$defs', 'inline') as { anyOf: SchemaNode[] };
    // A string, a figure and a quote by reference, and one form each of the others.
    expect(anyOf).toHaveLength(1 + Object.keys(inlines).length);
  });
});

function partOf(node: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => (at as SchemaNode)[key], node);
}

/** Words that a value may be, those of a field of that name alone where one is given. */
function constantsIn(node: unknown, property?: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, each]) => {
    if (property !== undefined) return key === property ? constantsIn(each) : constantsIn(each, property);
    if (key === 'const') return [String(each)];
    return key === 'enum' ? (each as string[]) : constantsIn(each);
  });
}

describe('what is wrong is found', () => {
  const samples = Object.fromEntries(
    kinds.map((kind) => [kind, [...committed(kind), ...made[kind]][0][1]()]),
  ) as Readonly<Record<Kind, string>>;
  type Change = (file: Record<string, never>) => void;
  const changed = (kind: Kind, change: Change): unknown => {
    const file = JSON.parse(samples[kind]);
    change(file);
    return JSON.parse(JSON.stringify(file));
  };

  it.each(
    kinds.flatMap((kind): [Kind, string, Change][] => [
      [kind, 'another version', (file) => Object.assign(file, { version: 99 })],
      [kind, 'a number without a place', (file) => Object.assign(firstFigure(file), { from: undefined })],
      [kind, 'a unit that nobody knows', (file) => Object.assign(firstFigure(file), { unit: 'parsec' })],
      [kind, 'a bare number in a text', (file) => Object.assign(wordsIn(file), { title: [5] })],
      [kind, 'a section that nobody knows', (file) => Object.assign(wordsIn(file).sections[0], { id: 'x' })],
    ]),
  )('%s.json, by its schema: %s', (kind, _, change) => {
    expect(validatorOf(kind)(changed(kind, change))).toBe(false);
  });

  it.each<[Kind, string, Change]>([
    ['comparison', 'a label', (file) => Object.assign(file.rows[0], { label: 'perhaps' })],
    ['comparison', 'a verdict', (file) => Object.assign(file, { verdict: 'good' })],
    [
      'lesson',
      'a part',
      (file) => Object.assign(partOf(file, 'data', 'cells', '0') as object, { part: 'x' }),
    ],
    [
      'lesson',
      'a comparison without cells',
      (file) => Object.assign(partOf(file, 'data', 'compared') as object, { a: { kind: 'missing' } }),
    ],
    ['verdict', 'a finding', (file) => renameFinding(file)],
  ])('%s.json, by its schema: %s', (kind, _, change) => {
    expect(validatorOf(kind)(changed(kind, change))).toBe(false);
  });

  it.each(kinds)('%s.json, by the strict schema alone: a field that nobody describes', (kind) => {
    const file = changed(kind, (each) => {
      const data = (kind === 'comparison' ? each : each.data) as SchemaNode;
      Object.assign(data.tool as object, { secret: 1 });
    });
    expect(validatorOf(kind)(file)).toBe(true);
    expect(strictValidatorOf(kind)(file)).toBe(false);
  });

  it.each(kinds)('%s.json, by the pointers: one that leads nowhere, and one to another number', (kind) => {
    const lost = changed(kind, (file) => Object.assign(firstFigure(file), { from: '/data/nowhere' }));
    const at = kind === 'comparison' ? '/tool/leastRounds' : '/data/tool/leastRounds';
    const other = changed(kind, (file) => Object.assign(firstFigure(file), { from: at }));
    for (const file of [lost, other])
      expect(referencesIn(file).flatMap((each) => problemOf(each, file))).toHaveLength(1);
  });
});

function renameFinding(file: unknown): void {
  const findings = partOf(file, 'data', 'analysis', 'findings') as object[];
  findings.push({ id: 'no-such', severity: 'note', strategies: [], cells: [], facts: {} });
}

type Source = string | { readonly rule: string; readonly of: readonly Source[] };

/** A figure, or a quote: that has no value. */
interface Reference {
  readonly from: Source;
  readonly value?: unknown;
  readonly unit?: unknown;
  readonly text: string;
}

/** Where title and sections stand: in the file itself, or in its `document`. */
function wordsIn(file: unknown): { readonly title: unknown; readonly sections: readonly object[] } {
  const whole = file as { readonly document?: unknown };
  return (whole.document ?? whole) as ReturnType<typeof wordsIn>;
}

/** Every object with `from` and `text`, in title and sections. */
function referencesIn(file: unknown): Reference[] {
  const { title, sections } = wordsIn(file);
  const found: Reference[] = [];
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if ('from' in value && 'text' in value) found.push(value as Reference);
    else Object.values(value).forEach(walk);
  };
  walk([title, sections]);
  return found;
}

/** One that is printed once. */
function firstFigure(file: unknown): Reference {
  const figure = referencesIn(file).find(({ from, unit }) => unit !== undefined && typeof from === 'string');
  if (figure === undefined) throw new Error('no figure');
  return figure;
}

function problemOf(reference: Reference, file: unknown): string[] {
  const { from, text } = reference;
  const there = valueAt(from, file);
  if (there === undefined) return [`${JSON.stringify(from)} leads nowhere`];
  if (!('value' in reference))
    return String(there).toLowerCase().replace(/\s+/g, ' ').includes(text.toLowerCase().slice(0, 12))
      ? []
      : [`"${text}" is not at ${JSON.stringify(from)}`];
  return JSON.stringify(there) === JSON.stringify(reference.value)
    ? []
    : [`${JSON.stringify(from)} is ${JSON.stringify(there)}`];
}

function valueAt(from: Source, file: unknown): unknown {
  if (typeof from === 'string') return lookUp(from, file);
  const { rule, of } = from;
  if (rule === 'count') return of.some((each) => valueAt(each, file) === undefined) ? undefined : of.length;
  const values = of.map((each) => Number(valueAt(each, file)));
  if (rule === 'middle') return Math.sqrt(values.reduce((product, each) => product * each, 1));
  return values.slice(0, -1).reduce((sum, each) => sum + each, 0) / values[values.length - 1];
}

function lookUp(pointer: string, file: unknown): unknown {
  try {
    return get(pointer, file as never);
  } catch {
    return undefined;
  }
}
