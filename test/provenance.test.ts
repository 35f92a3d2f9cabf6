import { describe, expect, it } from 'vitest';
import { analyse } from '../src/analysis/analyse.js';
import { lessonTexts, wholeLesson } from '../src/app/lesson/lesson.js';
import { comparisonJson } from '../src/app/report/comparison/json.js';
import type { Comparison } from '../src/compare/types.js';
import type { Chart } from '../src/document/chart.js';
import type { Block, Document } from '../src/document/document.js';
import { paragraph, text } from '../src/document/document.js';
import { figure, type Ranged } from '../src/document/figure.js';
import { comparisonCharts } from '../src/documents/comparison/charts.js';
import { comparisonDocument } from '../src/documents/comparison/comparison.js';
import { explanationDocument } from '../src/documents/explanation.js';
import { type Facts, factsOf } from '../src/documents/lesson/facts.js';
import { modelsOf } from '../src/model/profile.js';
import type { Results } from '../src/results/format.js';
import { readResults } from '../src/results/reader.js';
import { compared, run } from './support/comparison-runs.js';
import { documentOf } from './support/documents.js';
import { readComparison, readLesson, root, sampleProjection } from './support/goldens.js';
import { madeUpParts } from './support/lesson-runs.js';
import { madeUpRuns } from './support/made-up-runs.js';
import { pointersIn, provenanceProblems, resolvePointer } from './support/provenance.js';

const sample = readComparison();

function namesOf({ header }: Results): string[] {
  return [
    ...header.strategies.map(({ label }) => label),
    ...(header.host.caches ?? []).map(({ name }) => name),
  ];
}

describe('each figure of a verdict leads to its number in the same file, and no number is from nowhere', () => {
  it.each(['large-lists', 'item-cost', 'waiting-items', 'overheads', 'grid'])('sample %s', (name) => {
    const results = readResults(`${root}reports/sample/${name}/results.ndjson`);
    expect(provenanceProblems(documentOf(results), namesOf(results))).toEqual([]);
  });

  it.each(madeUpRuns)('made up: %s', (_, results) => {
    expect(provenanceProblems(documentOf(results), namesOf(results))).toEqual([]);
  });
});

describe('each number that a chart draws stands in the data of its document', () => {
  const lesson = readLesson();
  it.each<[string, () => Document, unknown?]>([
    ...madeUpRuns.map(([name, results]): [string, () => Document] => [name, () => documentOf(results)]),
    ['the sample comparison', () => comparisonDocument(sample, comparisonCharts(sample).charts)],
    // One chart is a part's own: its data is that of the part.
    ['the committed lesson', () => wholeLesson(lesson), lesson.parts.get('paying')],
  ])('%s', (_, make, part) => {
    const document = make();
    const known = new Set(numbersIn([document.data, part]));
    const charts = document.sections.flatMap(({ blocks }) => chartsIn(blocks));
    expect(charts.length).toBeGreaterThan(0);
    expect(charts.flatMap(drawnNumbers).filter((each) => !known.has(each))).toEqual([]);
  });

  it('and one that does not is found', () => {
    const [chart] = chartsIn(documentOf(madeUpRuns[0][1]).sections.flatMap(({ blocks }) => blocks));
    expect(drawnNumbers(chart).length).toBeGreaterThan(3);
    expect(new Set(numbersIn({ time: 5 })).has(drawnNumbers(chart)[0])).toBe(false);
  });
});

function chartsIn(blocks: readonly Block[]): Chart[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'chart') return [block.chart];
    return block.kind === 'details' ? chartsIn(block.blocks) : [];
  });
}

/** But for parts of bars: some are computed from prices, as their caption says. */
function drawnNumbers(chart: Chart): number[] {
  const ends = ({ value, interval }: Ranged) => [value, ...numbersIn(interval)];
  switch (chart.kind) {
    case 'lines':
      return chart.series.flatMap(({ points, bounds }) => [
        ...points.flatMap((point) => [point.x, ...ends(point)]),
        ...numbersIn(bounds),
      ]);
    case 'bars':
      return chart.bars.map(({ total }) => total);
    case 'dots':
      return chart.rows.flatMap(({ dots }) =>
        dots.flatMap((dot) => [...ends(dot), ...numbersIn(dot.spread)]),
      );
    case 'map':
      return [
        ...chart.fields.filter(({ answer }) => answer !== 'not measured').flatMap(({ x, y }) => [x, y]),
        ...chart.borders.flatMap(({ crossings }) => numbersIn(crossings)),
      ];
  }
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe('a comparison', () => {
  const names = sample.scenarios.flatMap(({ id, strategies }) => [
    id,
    ...strategies.map(({ label }) => label),
  ]);

  it.each<[string, Comparison]>([
    ['the sample', sample],
    ['a regression', compared(run(2, { factor: 3 }))],
    ['no difference', compared(run(2))],
    ['wrong answers', compared(run(2, { fails: true }))],
    ['crashes', compared(run(2, { all: { status: 'crashed', message: 'database is down, 3 times' } }))],
    ['two rounds', twoRounds(compared(run(2)))],
  ])('%s: each figure leads to its number, also in comparison.json', (_, comparison) => {
    const { charts } = comparisonCharts(comparison);
    const document = comparisonDocument(comparison, charts, ['PNG skipped: canvas 2 is not there']);
    expect(provenanceProblems(document, names)).toEqual([]);
    const file: { document: unknown } = JSON.parse(comparisonJson(document));
    const found = pointersIn(file.document).filter((each) => 'value' in each);
    expect(found.length).toBeGreaterThan(10);
    for (const { from, value } of found) expect([from, resolvePointer(from, file)]).toEqual([from, value]);
  });
});

describe('a projection', () => {
  it.each<[string, Parameters<typeof sampleProjection>[0]]>([
    ['the sample', {}],
    ['what fits', { keys: 10, length: 1e5, bytes: 8e6 }],
    ['with a roof, on one slow disk', { roofNsPerNumber: 2, storageBytesPerNs: 0.123, cores: [1] }],
    ['many short lists', { keys: 1e9, length: 1e3, bytes: 16e12, memoryBytes: 1e12 }],
  ])('%s', (_, changes) => {
    expect(provenanceProblems(sampleProjection(changes), ["V8's heap", '32-bit'])).toEqual([]);
  });
});

describe('a lesson', () => {
  const names = ['x² − 13', 'minus 13', 'key1, key2 and key3'];

  it.each<[string, () => Facts]>([
    ['the committed one', readLesson],
    ['made up', () => factsOf(madeUpParts())],
    ['few rounds, quick', () => factsOf(madeUpParts({ rounds: 2, quick: true }))],
    ['without Python', () => factsOf(madeUpParts({ needs: 'Python 3.8 or newer (python3 is not here)' }))],
    ['interrupted', () => factsOf(madeUpParts({ only: ['waiting', 'working', 'paying'] }))],
    ['on a busy machine with many cores', () => factsOf(madeUpParts({ cores: 16, othersShare: 0.9 }))],
  ])('%s: each figure leads to its number, also in lesson.json', (_, facts) => {
    const document = wholeLesson(facts());
    expect(provenanceProblems(document, names)).toEqual([]);
    const [, json] = lessonTexts(document);
    const file: unknown = JSON.parse(json.text);
    const found = pointersIn(file).filter((each) => 'value' in each);
    expect(found.length).toBeGreaterThan(30);
    for (const { from, value } of found) expect([from, resolvePointer(from, file)]).toEqual([from, value]);
  });
});

describe('an explanation', () => {
  const explanations = (results: Results) => {
    const explained = { results, analysis: analyse(results, { draws: 300 }), models: modelsOf(results) };
    return results.header.cells.map((cell) => explanationDocument(explained, cell));
  };

  it.each(madeUpRuns)('of each cell: %s', (_, results) => {
    for (const document of explanations(results))
      expect(provenanceProblems(document, namesOf(results))).toEqual([]);
  });
});

function twoRounds(comparison: Comparison): Comparison {
  const rows = comparison.rows.map((row) => ({ ...row, ratio: { value: row.ratio.value, rounds: 2 } }));
  return { ...comparison, rows };
}

describe('what is wrong is found', () => {
  const cost = { ns: 5 };
  const documentWith = (data: object, ...words: Parameters<typeof paragraph>[0][]): Document => ({
    title: ['x'],
    data,
    sections: [{ id: 'x', title: ['x'], blocks: words.map((each) => paragraph(each)) }],
  });

  it('a figure that is no part of the data, and a number in words', () => {
    expect(provenanceProblems(documentWith({}, text`${figure(cost, 'ns', 'ns')}`), [])).toEqual([
      '"5 ns" (ns) has no place in the data',
    ]);
    expect(provenanceProblems(documentWith({}, `costs ${cost.ns} ns`), [])).toEqual([
      'a number from nowhere in "costs 5 ns"',
    ]);
  });

  it('a figure of data that JSON does not hold', () => {
    const data = { prices: new Map([['a', cost]]), cost: { toJSON: () => ({ ns: 6 }), ns: 5 } };
    expect(provenanceProblems(documentWith(data, text`${figure(data.cost, 'ns', 'ns')}`), [])).toEqual([
      '"5 ns": "/cost/ns" is 6',
    ]);
  });
});
