import { describe, expect, it } from 'vitest';
import { comparisonJson } from '../src/app/report/comparison.js';
import { lessonTexts, wholeLesson } from '../src/app/report/lesson.js';
import { reportHistory } from '../src/compare/history/history.js';
import type { Comparison } from '../src/compare/types.js';
import type { Axis, Chart, LinesChart } from '../src/document/chart.js';
import type { Document } from '../src/document/document.js';
import { paragraph, text } from '../src/document/document.js';
import { figure, type Ranged } from '../src/document/figure.js';
import { composeAll } from '../src/documents/charts/recipe.js';
import { comparisonCharts } from '../src/documents/comparison/charts.js';
import { comparisonDocument } from '../src/documents/comparison/comparison.js';
import { explanationDocument } from '../src/documents/explanation.js';
import { historyDocument } from '../src/documents/history.js';
import { historyRecipes } from '../src/documents/history-charts.js';
import { type Facts, factsOf } from '../src/documents/lesson/facts.js';
import type { Results } from '../src/results/format.js';
import { readResults } from '../src/results/reader.js';
import { historyOfThirty, madeUpComparisons } from './support/comparison-runs.js';
import { documentOf, examine } from './support/documents.js';
import { pairComparisons, readComparison, readLesson, root, sampleProjection } from './support/goldens.js';
import { madeUpLessons, madeUpParts } from './support/lesson-runs.js';
import { madeUpRuns } from './support/made-up-runs.js';
import { chartsIn, pointersIn, provenanceProblems, resolvePointer } from './support/provenance.js';
import { exampleStrategies } from './support/synthetic.js';

const sample = readComparison();
const exampleLabels = exampleStrategies.map(({ label }) => label);

function namesOf({ header }: Results): string[] {
  return [
    ...header.strategies.map(({ label }) => label),
    ...(header.host.caches ?? []).map(({ name }) => name),
  ];
}

describe('each figure of a verdict leads to its number in the same file, and no number is from nowhere', () => {
  // Large runs, on a machine that may be busy.
  it.each(['large-lists', 'item-cost', 'waiting-items', 'overheads', 'grid'])(
    'sample %s',
    { timeout: 300_000 },
    (name) => {
      const results = readResults(`${root}reports/sample/${name}/results.ndjson`);
      expect(provenanceProblems(documentOf(results), namesOf(results))).toEqual([]);
    },
  );

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
    case 'timeline':
      return chart.groups.flatMap(({ endNs, lanes }) => [
        endNs,
        ...lanes.flatMap(({ spans }) => spans.flatMap(({ from, to }) => [from, to])),
      ]);
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

  it.each<[string, Comparison]>([['the sample', sample], ...madeUpComparisons(), ...pairComparisons()])(
    '%s: each figure leads to its number, also in comparison.json',
    (_, comparison) => {
      const { charts } = comparisonCharts(comparison);
      const document = comparisonDocument(comparison, charts, ['PNG skipped: canvas 2 is not there']);
      expect(provenanceProblems(document, names)).toEqual([]);
      const file: { document: unknown } = JSON.parse(comparisonJson(document));
      const found = pointersIn(file.document).filter((each) => 'value' in each);
      expect(found.length).toBeGreaterThan(10);
      for (const { from, value } of found) expect([from, resolvePointer(from, file)]).toEqual([from, value]);
    },
  );
});

it('a history: each figure leads to its number', () => {
  const report = reportHistory(historyOfThirty());
  const document = historyDocument(report, composeAll(historyRecipes(report)).charts);
  expect(provenanceProblems(document, exampleLabels)).toEqual([]);
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
    ...madeUpLessons.map(([name, made]): [string, () => Facts] => [name, () => factsOf(madeUpParts(made))]),
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
    const explained = examine(results);
    return someOf(results.header.cells).map((cell) => explanationDocument(explained, cell));
  };

  /** Of many: the first of each strategy, and every fifth. */
  const someOf = (cells: Results['header']['cells']) =>
    cells.filter(
      ({ strategy }, index) =>
        cells.length <= 30 ||
        index % 5 === 0 ||
        cells.findIndex((other) => other.strategy === strategy) === index,
    );

  it.each(madeUpRuns)('of cells of each strategy: %s', (_, results) => {
    for (const document of explanations(results))
      expect(provenanceProblems(document, namesOf(results))).toEqual([]);
  });
});

const axis = (title: string): Axis => ({ title, unit: 'ns', scale: 'linear' });

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

  it('a number in the title of a section', () => {
    const document = { title: [], data: {}, sections: [{ id: 'x', title: ['5 ways'], blocks: [] }] };
    expect(provenanceProblems(document, [])).toEqual(['a number from nowhere in "5 ways"']);
    expect(
      provenanceProblems(
        { ...document, sections: [{ id: 'x', title: [figure(cost, 'ns', 'ns')], blocks: [] }] },
        [],
      ),
    ).toEqual(['"5 ns" (ns) has no place in the data']);
  });

  it.each<[string, Partial<LinesChart>, string]>([
    ['title', { title: 'who wins 5 times?' }, 'a number from nowhere in "who wins 5 times?"'],
    ['title of an axis', { y: axis('times, from 5 on') }, 'a number from nowhere in "times, from 5 on"'],
    ['caption', { caption: 'It took 7 ns.' }, '7 from nowhere in "It took 7 ns."'],
    ['line below the title', { subtitle: ['5 ns, 6 rounds'] }, '6 from nowhere in "5 ns, 6 rounds"'],
    [
      'mark',
      { marks: [{ axis: 'x', at: 5, colour: '#000000', text: 'from 8 on' }] },
      '8 from nowhere in "from 8 on"',
    ],
  ])('a number on a chart that is none of the data: in its %s', (_, changes, problem) => {
    const whole: LinesChart = {
      kind: 'lines',
      title: 'who wins?',
      subtitle: ['5 ns'],
      caption: 'Above 1× it pays. Band: 95 % interval.',
      x: axis('keys'),
      y: axis('times'),
      series: [],
      marks: [{ axis: 'x', at: 5, colour: '#000000', text: 'from 5 on' }],
    };
    const problemsOf = (chart: LinesChart) =>
      provenanceProblems(
        {
          title: [],
          data: { cost, tool: { levelOfIntervals: 0.95 } },
          sections: [{ id: 'x', title: [], blocks: [{ kind: 'chart', alt: [], chart }] }],
        },
        [],
      );
    expect(problemsOf(whole)).toEqual([]);
    expect(problemsOf({ ...whole, ...changes })).toEqual([`on a chart, ${problem}`]);
  });

  it('a figure of data that JSON does not hold', () => {
    const data = { prices: new Map([['a', cost]]), cost: { toJSON: () => ({ ns: 6 }), ns: 5 } };
    expect(provenanceProblems(documentWith(data, text`${figure(data.cost, 'ns', 'ns')}`), [])).toEqual([
      '"5 ns": "/cost/ns" is 6',
    ]);
  });
});
