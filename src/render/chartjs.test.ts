import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { recordChart } from '../../test/support/chart-recorder.js';
import { compared, run } from '../../test/support/comparison-runs.js';
import { madeUpParts } from '../../test/support/lesson-runs.js';
import { madeUpRuns } from '../../test/support/made-up-runs.js';
import { madeUpTimeline, madeUpTimelineChart } from '../../test/support/timeline.js';
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
  madeUpTimelineChart,
];

test('all kinds of charts are looked at', () => {
  expect(new Set(charts.map(({ chart }) => chart.kind))).toEqual(
    new Set(['lines', 'bars', 'dots', 'map', 'timeline']),
  );
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

describe('a timeline', () => {
  const { groups } = madeUpTimeline;

  it('has a bar for each span, from here to there, in the row of its lane', () => {
    const { data } = toChartJs(madeUpTimeline);
    const bars = data.datasets.flatMap(({ label, data }) =>
      (data as unknown as { x: [number, number]; y: number }[]).map(({ x, y }) => ({ part: label, x, y })),
    );
    expect(bars).toHaveLength(groups.flatMap(({ lanes }) => lanes.flatMap(({ spans }) => spans)).length);
    // Rows 0, 2 and 6 name the strategies.
    expect([...new Set(bars.map(({ y }) => y))].sort()).toEqual([1, 3, 4, 5, 7, 8]);
    expect(bars).toContainEqual({ part: 'merge', x: [1.15e9, 1.21e9], y: 3 });
  });

  it('gives all strategies one scale, on which the longest call ends', () => {
    const { x } = toChartJs(madeUpTimeline).options?.scales ?? {};
    expect(x).toMatchObject({ type: 'linear', min: 0 });
    expect(Number(x?.max)).toBeGreaterThan(1.21e9);
  });

  it('draws garbage collections over the work that they interrupt, and idle time below all', () => {
    const orders = new Map(toChartJs(madeUpTimeline).data.datasets.map((one) => [one.label, one.order]));
    const others = [...orders].filter(([part]) => part !== 'gc' && part !== 'idle').map(([, order]) => order);
    // Low orders are drawn last.
    expect(Number(orders.get('gc'))).toBeLessThan(Math.min(...others.map(Number)));
    expect(Number(orders.get('idle'))).toBeGreaterThan(Math.max(...others.map(Number)));
  });

  it('names what is seen in it, and nothing else', () => {
    const { texts, shapes } = recordChart(madeUpTimelineChart);
    expect(texts).toEqual(
      expect.arrayContaining(['for-loop: 101 ms', 'worker-threads: 1.21 s', 'worker 2', 'pack']),
    );
    const twoGroups = { ...madeUpTimeline, groups: groups.slice(0, 2) };
    expect(recordChart({ ...madeUpTimelineChart, chart: twoGroups }).texts).not.toContain('pack');
    expect(Object.keys(shapes).length).toBeGreaterThan(5);
  });
});
