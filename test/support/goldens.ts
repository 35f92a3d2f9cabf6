import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { analyse } from '../../src/analysis/analyse.js';
import { comparisonJson } from '../../src/app/report/comparison.js';
import { lessonTexts, wholeLesson } from '../../src/app/report/lesson.js';
import { verdictJson } from '../../src/app/report/verdict.js';
import { compare } from '../../src/compare/compare.js';
import { plainLimits } from '../../src/compare/limits.js';
import type { Comparison } from '../../src/compare/types.js';
import { dictionaryBytes } from '../../src/dictionary/memory.js';
import type { NamedChart } from '../../src/document/chart.js';
import type { Document } from '../../src/document/document.js';
import { composeCharts } from '../../src/documents/charts/charts.js';
import { comparisonCharts } from '../../src/documents/comparison/charts.js';
import { comparisonDocument } from '../../src/documents/comparison/comparison.js';
import { lessonCharts } from '../../src/documents/lesson/charts.js';
import { type Facts, factsOf } from '../../src/documents/lesson/facts.js';
import { type PartId, partIds, partsOf } from '../../src/documents/lesson/part.js';
import { projectionDocument } from '../../src/documents/projection.js';
import { verdictDocument } from '../../src/documents/verdict/verdict.js';
import { modelsOf, profileOf } from '../../src/model/profile.js';
import { type ProjectionQuestion, project } from '../../src/model/projection/projection.js';
import { scalingOf } from '../../src/model/scaling/scaling.js';
import { layOutJson } from '../../src/render/json.js';
import { renderMarkdown } from '../../src/render/markdown.js';
import type { Results } from '../../src/results/format.js';
import { readResults } from '../../src/results/reader.js';
import { recordChart } from './chart-recorder.js';

/*
 * Every text and chart that the repository shows, made again from the results beside it. The texts are files under reports/;
 * the charts are recorded as what they draw (chart-recorder.ts), in one file per report under test/golden/.
 */

/** From the root of the repository, with '/', to the whole text. */
export type Goldens = ReadonlyMap<string, string>;

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Reports whose committed files are rebuilt, by name. */
export const reports: Readonly<Record<string, () => Goldens>> = {
  ...Object.fromEntries(sampleNames().map((name) => [name, () => rebuildVerdict(name)])),
  projection: rebuildProjection,
  comparison: rebuildComparison,
  pair: rebuildPair,
  lesson: rebuildLesson,
};

/** Runs under reports/sample: every folder with results. */
function sampleNames(): string[] {
  return readdirSync(`${root}reports/sample`)
    .filter((name) => existsSync(`${root}reports/sample/${name}/results.ndjson`))
    .sort();
}

function rebuildVerdict(name: string): Goldens {
  const results = readResults(`${root}reports/sample/${name}/results.ndjson`);
  const analysis = analyse(results);
  const models = modelsOf(results);
  const { charts } = composeCharts(analysis);
  const document = verdictDocument(analysis, { charts, models, scaling: scalingOf(results, models) });
  return new Map([
    [`reports/sample/${name}/verdict.md`, renderMarkdown(document)],
    [`reports/sample/${name}/verdict.json`, verdictJson(document)],
    [`test/golden/${name}.charts.json`, chartsText(charts)],
  ]);
}

/** The question of the committed projection; its run is the sample of large lists. */
function rebuildProjection(): Goldens {
  return new Map([['reports/sample/projection.md', renderMarkdown(sampleProjection())]]);
}

export function sampleProjection(changes: Partial<ProjectionQuestion> = {}): Document {
  const results = readResults(`${root}reports/sample/large-lists/results.ndjson`);
  const profile = profileOf(results, modelsOf(results));
  const question = { keys: 1e6, length: 1e6, work: 1, cores: [2, 16, 64], storageBytesPerNs: 2 };
  const bytes = dictionaryBytes({ keys: 1e6, elements: 1e12 }, 'lists');
  const projection = project(profile, { ...question, bytes, memoryBytes: 24e9, ...changes });
  return projectionDocument(projection, profile);
}

const comparisonFolder = 'reports/sample/comparison';

/** The runs of both sides are not committed: its own data holds all of the comparison. That of test/pair begins with its runs. */
export function readComparison(): Comparison {
  const path = `${root}${comparisonFolder}/comparison.json`;
  const { format, version, headline, regressions, document, tool, charts, skipped, ...written } = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  return written as Comparison;
}

function rebuildComparison(): Goldens {
  const folder = comparisonFolder;
  const comparison = readComparison();
  const { charts } = comparisonCharts(comparison);
  const document = comparisonDocument(comparison, charts);
  return new Map([
    [`${folder}/comparison.md`, renderMarkdown(document)],
    [`${folder}/comparison.json`, comparisonJson(document)],
    ['test/golden/comparison.charts.json', chartsText(charts)],
  ]);
}

/**
 * Two commits of a user's repository, measured round by round on a busy machine; the head's loop does its work three times.
 * Compared as they are, as if nobody had looked at the machine, and as if they were two runs of their own.
 */
export function pairComparisons(): ReadonlyMap<string, Comparison> {
  const [base, head] = ['base', 'head'].map((side) => readResults(`${root}test/pair/${side}.ndjson`));
  const compared = (change: (results: Results) => Results) =>
    compare(
      { name: 'main~1', runs: [change(base)] },
      { name: 'main', runs: [change(head)] },
      { limits: plainLimits() },
    );
  return new Map([
    ['pair', compared((results) => results)],
    ['pair-unwatched', compared(withoutMachine)],
    ['pair-apart', compared((results) => withoutJob(withoutMachine(results)))],
  ]);
}

function withoutMachine(results: Results): Results {
  return { ...results, records: results.records.map(({ machine, ...record }) => record) };
}

function withoutJob(results: Results): Results {
  const { interleaved, ...header } = results.header;
  return { ...results, header };
}

function rebuildPair(): Goldens {
  return new Map(
    [...pairComparisons()].flatMap(([name, comparison]) => {
      const { charts } = comparisonCharts(comparison);
      const document = comparisonDocument(comparison, charts);
      return [
        [`test/golden/${name}.md`, renderMarkdown(document)],
        [`test/golden/${name}.rows.json`, rowsText(comparison)],
        [`test/golden/${name}.charts.json`, chartsText(charts)],
      ];
    }),
  );
}

/** All that was found but for what stands in the words: rows with all of their digits that count. */
function rowsText({ verdict, pairing, coverage, machine, rows }: Comparison): string {
  return layOutJson(JSON.parse(JSON.stringify({ verdict, pairing, coverage, machine, rows }, sixDigits)));
}

function rebuildLesson(): Goldens {
  const facts = readLesson();
  return new Map([
    ...lessonTexts(wholeLesson(facts)).map(({ path, text }) => [`reports/lesson/${path}`, text] as const),
    ['test/golden/lesson.charts.json', chartsText(lessonCharts(facts))],
  ]);
}

/** All that the committed lesson is written from. */
export function readLesson(): Facts {
  const results = partIds.map((part): [PartId, ReturnType<typeof readResults>] => [
    part,
    readResults(`${root}reports/lesson/${part}/results.ndjson`),
  ]);
  return factsOf(partsOf(new Map(results)));
}

function sixDigits(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value;
}

/** One chart after another, each with all that it draws; what holds no list of its own stands on one line. */
function chartsText(charts: readonly NamedChart[]): string {
  const text = JSON.stringify(
    charts.map((chart) => recordChart(chart)),
    sixDigits,
    1,
  );
  return `${text.replace(/[[{][^[\]{}]*[\]}]/g, (leaf) => leaf.replace(/\s*\n\s*/g, ' '))}\n`;
}
