import { describe, expect, it } from 'vitest';
import { compared, run } from '../../../test/support/comparison-runs.js';
import { compare } from '../../compare/compare.js';
import { plainLimits } from '../../compare/limits.js';
import type { Comparison } from '../../compare/types.js';
import { changeText } from '../../document/units.js';
import { plainText } from '../../document/words.js';
import { changeChart } from '../../documents/comparison/charts.js';
import { comparisonDocument } from '../../documents/comparison/comparison.js';
import { headlineText } from '../../documents/comparison/headline.js';
import { changeWords } from '../../documents/comparison/words.js';
import { renderMarkdown, textMarkdown } from '../../render/markdown.js';
import { v } from '../../results/valid.js';
import { actionBenchmarks, comparisonJson, comparisonPage } from './comparison.js';
import { makePageFiles } from './page.js';

const headline = (comparison: Comparison) => textMarkdown(headlineText(comparison));
const comparisonMarkdown = (comparison: Comparison) => renderMarkdown(comparisonDocument(comparison));

const slower = compared(run(2, { factor: 3 }));
const equal = compared(run(2));

describe('the report for a pull request', () => {
  it('says in its first sentence what became slower, by how much and where', () => {
    const [, sentence] = comparisonMarkdown(slower).split('\n\n');
    expect(sentence).toBe(headline(slower));
    expect(sentence).toMatch(
      /^Regression: `wasm-simd` is (up to )?(3|2\.9)× slower \(over all 3 points, .*resident/,
    );
  });

  it('does not say again that what takes longer takes more CPU time', () => {
    expect(slower.rows.some(({ red, quantity }) => red && quantity === 'cpu')).toBe(true);
    expect(headline(slower)).not.toContain('CPU time');
    expect(JSON.parse(comparisonJson(comparisonDocument(slower))).regressions.join()).toContain('CPU time');
  });

  it('says that more CPU time is taken where the time is the same, or longer in another account alone', () => {
    const rows = slower.rows.map((row) => ({
      ...row,
      red:
        row.strategy === 'wasm-simd' &&
        (row.quantity === 'cpu'
          ? row.account === 'warm'
          : row.quantity === 'time' && row.account === 'resident'),
    }));
    expect(headline({ ...slower, rows })).toMatch(
      /; `wasm-simd` takes .* CPU time \(over all 3 points, warm\)/,
    );
  });

  it('says that nothing differs where nothing does', () => {
    expect(headline(equal)).toMatch(/^No difference was found\. Of \d+ times, \d+ are the same within 5 %/);
    expect(comparisonMarkdown(equal)).not.toContain('🔴 |');
  });

  it('shows only rows that differ before the fold, and all of them in it', () => {
    const [before, fold] = comparisonMarkdown(slower).split('<details>');
    expect(before).toContain('| 🔴 | `wasm-simd` | resident, all 3 points |');
    expect(before).not.toContain('`for-loop`');
    expect(fold).toContain('`for-loop`');
    const text = comparisonMarkdown(slower);
    expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
  });

  it('puts a wrong answer first, on one line and without folders', () => {
    const bad = compared(run(2, { fails: true }));
    expect(headline(bad)).toContain(
      'Regression: `wasm-simd` answers wrongly (8 keys, lists of 1k: key "k\\|1"',
    );
    expect(comparisonMarkdown(bad)).not.toContain('/home/me');
  });

  it('does not pass too few rounds off as no difference', () => {
    const rows = equal.rows.map((row) => ({ ...row, ratio: { value: row.ratio.value, rounds: 2 } }));
    expect(headline({ ...equal, rows })).toContain(
      'Nothing is decided about large-lists: it was measured in 2 rounds, and 4 are the least; give it more time.',
    );
    expect(headline(equal)).not.toContain('Nothing is decided');
  });

  it('names no regression on a machine that is unfit', () => {
    const unfit: Comparison = {
      ...slower,
      verdict: 'unfit',
      machine: { takenOut: false, unfit: { kind: 'fixed work', factor: 1.4, longer: true } },
    };
    expect(headline(unfit)).toBe(
      'No verdict. A fixed piece of work between the cells took 1.4× longer on head: the machine was not the same. ' +
        'Measure both sides interleaved, in one job: breakeven compare --base REF.',
    );
    expect(JSON.parse(comparisonJson(comparisonDocument(unfit))).regressions).toEqual([]);
  });
});

describe('a comparison in which cells have no times', () => {
  it('says first that nothing could be compared, why, and what to do', () => {
    const down = { status: 'crashed', message: 'database | is down' } as const;
    const nothing = compare(
      { name: 'main', runs: [run(1, { all: down })] },
      { name: 'head', runs: [run(2, { all: down })] },
      { limits: plainLimits(), draws: 100 },
    );
    const sentence =
      /^Nothing could be compared: every cell crashed on both sides, of 18 cells that both sides have\. `for-loop` at .*: crashed on both sides \(database \\\| is down/;
    expect(headline(nothing)).toMatch(sentence);
    expect(headline(nothing)).toContain('and 15 more. Mend what fails first: `breakeven check FILE`');
    const [title, first, ...rest] = comparisonMarkdown(nothing).split('\n\n');
    expect(title).toBe('### ⚪ breakeven compare');
    expect(first).toMatch(sentence);
    expect(rest.join('\n\n')).toContain('Not compared, for want of times on both sides');
    expect(JSON.parse(comparisonJson(comparisonDocument(nothing)))).toMatchObject({
      version: 5,
      verdict: 'nothing compared',
      coverage: { cells: 18, compared: 0 },
    });
  });

  it('says how many of how many were compared', () => {
    expect(headline(compared(run(2, { fails: true })))).toContain('Compared were 15 of 18 cells;');
    expect(headline(equal)).not.toContain('Compared were');
  });
});

describe('words of a change', () => {
  const interval = { low: 1.12, high: 1.18 };

  it('are percentages, and factors from a doubling on', () => {
    expect(changeText({ value: 1.15, interval })).toBe('+15 % [+12 %, +18 %]');
    expect(changeText({ value: 0.9 })).toBe('−10 %');
    expect(changeText({ value: 2.13, interval: { low: 2, high: 2.3 } })).toBe('2.1× [2×, 2.3×]');
    expect(plainText(changeWords({ quantity: 'time', ratio: { value: 1.15, rounds: 8 } }))).toBe(
      '15 % slower',
    );
    expect(plainText(changeWords({ quantity: 'time', ratio: { value: 0.25, rounds: 8 } }))).toBe('4× faster');
    expect(plainText(changeWords({ quantity: 'memory', ratio: { value: 1.5, rounds: 8 } }))).toBe(
      '50 % more memory',
    );
  });
});

describe('the JSON', () => {
  it('says what it is, and holds the whole comparison', () => {
    const json = JSON.parse(comparisonJson(comparisonDocument(slower)));
    expect(json).toMatchObject({ format: 'breakeven-comparison', version: 5, verdict: 'regression' });
    expect(json.headline).toBe(headline(slower));
    expect(json.rows).toHaveLength(slower.rows.length);
  });
});

describe('the JSON of github-action-benchmark', () => {
  // What its `customSmallerIsBetter` takes, after its src/extract.ts, src/extractRangeInfo.ts and
  // src/normalizeValueByUnit.ts (commit c38cce98): unknown units and ranges are taken, but never converted.
  const benchmarkResult = v.strictObject({
    name: v.string(),
    value: v.pipe(v.number(), v.finite()),
    range: v.optional(v.pipe(v.string(), v.regex(/^(\+-|±)\s*\d.*$/))),
    unit: v.picklist(['s', 'ms', 'us', 'ns']),
    extra: v.optional(v.string()),
  });
  const { files } = makePageFiles(comparisonPage(slower), () => {
    throw new Error('no drawing here');
  });
  const [file] = files.filter(({ path }) => path === 'action-benchmark.json');
  const entries = v.parse(v.array(benchmarkResult), JSON.parse('text' in file ? file.text : ''));

  it('is an array of its results, and not an empty one, which it refuses', () => {
    expect(entries.length).toBeGreaterThan(10);
  });

  it('has ranges that it reads as numbers', () => {
    for (const { range } of entries) expect(Number(range?.replace(/^±\s*/, ''))).toBeGreaterThan(0);
  });

  it('has a name for each cell and account that is its own, and the same in the next run', () => {
    const names = entries.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('large-lists / wasm-simd / resident / 8 keys, lists of 256k');
    expect(actionBenchmarks(equal).map(({ name }) => name)).toEqual(names);
  });

  it('holds the times of head', () => {
    const [row] = slower.rows.filter(({ point, quantity }) => point !== undefined && quantity === 'time');
    expect(entries[0].value).toBeCloseTo(row.head.value, -2);
    expect(entries[0].range).toMatch(/^± [\d.e+]+$/);
  });
});

describe('the chart of changes', () => {
  it('has room for what is red before larger changes that are undecided', () => {
    const [row] = slower.rows.filter(({ quantity, point }) => quantity === 'time' && point === undefined);
    const many = Array.from({ length: 31 }, (_, i) => ({
      ...row,
      strategy: `s${i}`,
      red: i === 0,
      label: i === 0 ? ('slower' as const) : i === 1 ? ('faster' as const) : ('undecided' as const),
      ratio: { ...row.ratio, value: 1.1 + i / 100 },
    }));
    const chart = changeChart(slower, slower.scenarios[0], many);
    const names = chart?.rows.map(({ name }) => name.split(',')[0]);
    expect(names).toEqual(expect.arrayContaining(['s0', 's1', 's30']));
    expect(names).not.toContain('s2');
  });
});

describe('the files of a comparison', () => {
  it('are Markdown, two JSON files, and charts of what changed before and after', () => {
    const { files } = makePageFiles(comparisonPage(slower));
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual([
      'comparison.md',
      'comparison.json',
      'action-benchmark.json',
      'charts/change-large-lists.png',
      'charts/before-after-large-lists-one-shot-length.png',
      'charts/before-after-large-lists-warm-length.png',
      'charts/before-after-large-lists-resident-length.png',
    ]);
    for (const file of files) if ('bytes' in file) expect(file.bytes.length).toBeGreaterThan(2_000);
    const [markdown] = files;
    for (const path of paths.slice(3)) expect('text' in markdown && markdown.text).toContain(`(${path})`);
  });

  it('are written without charts where nothing can draw', () => {
    const { files, skipped } = makePageFiles(comparisonPage(slower), () => {
      throw new Error("Cannot find module 'canvas'");
    });
    expect(files).toHaveLength(3);
    expect(skipped[0]).toContain('PNG skipped: canvas is not installed');
  });
});
