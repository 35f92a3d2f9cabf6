import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compared, run } from '../../../test/support/comparison-runs.js';
import type { DrawnSeries, HistoryReport } from '../../compare/history/history.js';
import { composeAll } from '../../documents/charts/recipe.js';
import { historyRecipes } from '../../documents/history-charts.js';
import { comparisonPage } from './comparison.js';
import { historyPage } from './history.js';
import { makePageFiles, writePage } from './page.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-history-chart-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const drawn: DrawnSeries = {
  scenario: 'ci',
  strategy: 'own',
  point: { keys: 8 },
  account: 'warm',
  points: Array.from({ length: 30 }, (_, i) => ({
    commit: `abcdef${10 + i}`,
    committedAt: new Date(i * 86_400_000).toISOString(),
    ns: i < 20 ? 1e6 : 1.2e6,
  })),
  changes: [{ at: 20, ratio: 1.2 }],
};
const report: HistoryReport = {
  file: 'h.ndjson',
  commits: 30,
  series: 1,
  longEnough: 1,
  othersLines: 0,
  changes: [],
  drawn: [drawn],
};

describe('the chart of a history', () => {
  const [{ chart, description }] = composeAll(historyRecipes(report)).charts;

  it('has a dot for each commit, and a level before and behind the change', () => {
    if (chart.kind !== 'lines') throw new Error('it is no chart of lines');
    const [times, ...levels] = chart.series.map(({ points }) => points);
    expect(times).toHaveLength(30);
    expect(times[20]).toEqual({ x: 20, value: 1.2e6 });
    expect(levels.map(([from, to]) => [from.x, to.x, Math.round(from.value)])).toEqual([
      [0, 19, 1e6],
      [20, 29, 1.2e6],
    ]);
    expect(chart.x.names?.[20]).toBe('abcdef3');
    expect(chart.marks).toMatchObject([{ at: 19.5, text: 'abcdef3: +20 %' }]);
    expect(description).toBe('Time per call of own over the commits, warm, 8 keys');
  });

  it('is drawn beside its page, and again in the same bytes', async () => {
    const bytes = () => readFileSync(join(folder, 'charts', 'history-1.png'));
    expect(await writePage(historyPage(report), folder, 'Rename it.')).toMatchObject({
      path: join(folder, 'history.md'),
      skipped: [],
    });
    const first = bytes();
    expect(readFileSync(join(folder, 'history.md'), 'utf8')).toContain('](charts/history-1.png)');
    await writePage(historyPage(report), folder, 'Rename it.');
    expect(bytes().equals(first)).toBe(true);
  });

  it('stands in a comparison that has a history', () => {
    const { files, skipped } = makePageFiles(comparisonPage({ ...compared(run(2)), history: report }));
    expect(skipped).toEqual([]);
    expect(files.map(({ path }) => path)).toContain('charts/history-1.png');
  });
});
