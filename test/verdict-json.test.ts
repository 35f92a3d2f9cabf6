import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { get } from '@hyperjump/json-pointer';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { verdictJson } from '../src/app/report/verdict-page.js';
import { documentOf } from './support/documents.js';
import { root } from './support/goldens.js';
import { madeUpRuns } from './support/made-up-runs.js';

/* verdict.json as somebody else reads it: with a JSON-pointer library and a validator that know nothing of this tool. */

const schema: object = JSON.parse(readFileSync(`${root}schema/verdict.json`, 'utf8'));
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

const samples = readdirSync(`${root}reports/sample`, { recursive: true })
  .map(String)
  .filter((name) => /(^|[\\/])verdict\.json$/.test(name))
  .map((name): [string, string] => [name, readFileSync(`${root}reports/sample/${name}`, 'utf8')]);
const made = madeUpRuns.map(([name, results]): [string, string] => [
  `made up: ${name}`,
  verdictJson(documentOf(results)),
]);

describe.each([...samples, ...made])('%s', (_, text) => {
  const file: unknown = JSON.parse(text);

  it('is as the schema says', () => {
    expect(validate(file) ? [] : (validate.errors ?? []).slice(0, 3)).toEqual([]);
  });

  it('holds all that its pointers lead to', () => {
    const references = referencesIn(file);
    expect(references.length).toBeGreaterThan(10);
    expect(references.flatMap((each) => problemOf(each, file))).toEqual([]);
  });

  it('holds no sign that steers a terminal', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

it('the committed samples are looked at', () => expect(samples.length).toBeGreaterThanOrEqual(5));

it('the schema is exported by its name', () => {
  const file = createRequire(import.meta.url).resolve('breakeven/schema/verdict.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
});

describe('what is wrong is found', () => {
  const [, text] = made[0];
  const changed = (change: (file: Record<string, never>) => void): unknown => {
    const file = JSON.parse(text);
    change(file);
    return file;
  };

  it.each<[string, (file: Record<string, never>) => void]>([
    ['another version', (file) => Object.assign(file, { version: 4 })],
    ['a number without a place', (file) => Object.assign(firstFigure(file), { from: undefined })],
    ['a unit that nobody knows', (file) => Object.assign(firstFigure(file), { unit: 'parsec' })],
    ['a bare number in a text', (file) => Object.assign(file, { title: [5] })],
  ])('by the schema: %s', (_, change) => {
    expect(validate(JSON.parse(JSON.stringify(changed(change))))).toBe(false);
  });

  it('by the pointers: one that leads nowhere, and one that leads to another number', () => {
    const lost = changed((file) => Object.assign(firstFigure(file), { from: '/data/nowhere' }));
    const other = changed((file) => Object.assign(firstFigure(file), { from: '/data/tool/leastRounds' }));
    for (const file of [lost, other])
      expect(referencesIn(file).flatMap((each) => problemOf(each, file))).toHaveLength(1);
  });
});

type Source = string | { readonly rule: string; readonly of: readonly Source[] };

/** A figure, or a quote: that has no value. */
interface Reference {
  readonly from: Source;
  readonly value?: unknown;
  readonly unit?: unknown;
  readonly text: string;
}

/** Every object with `from` and `text`, in title and sections. */
function referencesIn(file: unknown): Reference[] {
  const { title, sections } = file as { title: unknown; sections: unknown };
  const found: Reference[] = [];
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if ('from' in value && 'text' in value) found.push(value as Reference);
    else Object.values(value).forEach(walk);
  };
  walk([title, sections]);
  return found;
}

function firstFigure(file: unknown): Reference {
  const figure = referencesIn(file).find(({ unit }) => unit === 'ns');
  if (figure === undefined) throw new Error('no figure in ns');
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
