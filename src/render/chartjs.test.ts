import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { recordChart } from '../../test/support/chart-recorder.js';
import { compared, run } from '../../test/support/comparison-runs.js';
import { madeUpParts } from '../../test/support/lesson-runs.js';
import { madeUpRuns } from '../../test/support/made-up-runs.js';
import { analyse } from '../analysis/analyse.js';
import type { NamedChart } from '../document/chart.js';
import { composeCharts } from '../documents/charts/charts.js';
import { comparisonCharts } from '../documents/comparison/charts.js';
import { lessonCharts } from '../documents/lesson/charts.js';
import { factsOf } from '../documents/lesson/facts.js';
import { toChartJs } from './chartjs.js';

const charts: NamedChart[] = [
  ...madeUpRuns.flatMap(([, results]) => composeCharts(analyse(results, { draws: 100 })).charts),
  ...comparisonCharts(compared(run(2, { factor: 1.5 }))).charts,
  ...lessonCharts(factsOf(madeUpParts())),
];

test('all kinds of charts are looked at', () => {
  expect(new Set(charts.map(({ chart }) => chart.kind))).toEqual(new Set(['lines', 'bars', 'dots', 'map']));
});

it('a chart that was written as JSON and read again is drawn as before', () => {
  const kinds = new Map(charts.map((one) => [one.chart.kind, one]));
  for (const one of kinds.values()) {
    const again = { ...one, chart: JSON.parse(JSON.stringify(one.chart)) };
    expect(again.chart).toEqual(one.chart);
    expect(recordChart(again)).toEqual(recordChart(one));
  }
});

it('what plug-ins are given holds no code: they draw what stands there', () => {
  for (const { chart } of charts) {
    const { plugins } = toChartJs(chart).options ?? {};
    expect(JSON.parse(JSON.stringify(plugins))).toEqual(withoutUndefined(plugins));
  }
});

/** Functions stay, and are found by who compares. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(present.map(([key, each]) => [key, withoutUndefined(each)]));
}

describe('what makes and draws charts runs in a browser', () => {
  /** As built: types are gone. */
  const statement = /^(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]/gm;
  const dynamic = /\b(?:import|require|createRequire)\s*\(/;

  const reached = new Map<string, string[]>();
  const walk = (file: string): void => {
    if (reached.has(file)) return;
    const source = readFileSync(file, 'utf8');
    const named = [...source.matchAll(statement)].map(([, from, bare]) => from ?? bare);
    reached.set(file, [...named, ...(dynamic.test(source) ? ['something computed'] : [])]);
    for (const each of named.filter((name) => name.startsWith('.'))) walk(join(dirname(file), each));
  };
  walk(fileURLToPath(new URL('./chartjs.js', import.meta.url)));

  it('without Node and without a package, as far as imports lead', () => {
    expect(reached.size).toBeGreaterThan(6);
    for (const [file, names] of reached) {
      expect(existsSync(file)).toBe(true);
      expect([file, names.filter((name) => !name.startsWith('.'))]).toEqual([file, []]);
    }
  });

  it('the drawing of files does need Node: it would be found', () => {
    expect(readFileSync(new URL('./png.js', import.meta.url), 'utf8')).toMatch(dynamic);
  });
});
