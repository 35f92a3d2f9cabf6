import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { compared, run } from '../../../test/support/comparison-runs.js';
import { provenanceProblems } from '../../../test/support/provenance.js';
import { comparisonDocument } from '../../documents/comparison/comparison.js';
import { historyDocument } from '../../documents/history.js';
import { renderMarkdown } from '../../render/markdown.js';
import { seededRandom } from '../../results/random.js';
import { reportHistory, withHistory } from './history.js';
import { type HistoryLine, makeHistoryLines } from './line.js';

const [example] = makeHistoryLines(
  { hash: 'a0a0a0a', committedAt: '2026-01-01T00:00:00Z' },
  'base',
  'first',
  [run(1)],
);

const dayMs = 86_400_000;
const hashOf = (commit: number) => (0xa000000 + commit).toString(16);

/** Measured in the middle of its day. */
function lineOf(commit: number, ns: number, change: Partial<HistoryLine> = {}): HistoryLine {
  return {
    ...example,
    commit: hashOf(commit),
    committedAt: new Date(commit * dayMs).toISOString(),
    measuredAt: new Date((commit + 0.5) * dayMs).toISOString(),
    run: `run ${commit}`,
    ns: { value: ns },
    rounds: 8,
    ...change,
  };
}

/** Thirty commits with 1 % of noise; from the twentieth on so many times slower. */
function thirty(factor: number, change: Partial<HistoryLine> = {}, seed = 1): HistoryLine[] {
  const random = seededRandom(seed);
  return Array.from({ length: 30 }, (_, i) =>
    lineOf(i, 1e6 * (i < 20 ? 1 : factor) * Math.exp(0.01 * random.normal()), change),
  );
}

const file = 'h.ndjson';
const here = example.machine.fingerprint;
const names = ['h.ndjson', 'wasm-simd', 'for-loop', 'large-lists'];

it('a line holds the time that the comparison has', () => {
  const comparison = compared(run(2));
  const lines = makeHistoryLines({ hash: 'a0a0a0a', committedAt: '2026-01-01T00:00:00Z' }, 'base', 'a', [
    run(1),
  ]);
  const times = comparison.rows.filter(({ quantity, point }) => quantity === 'time' && point !== undefined);
  expect(times.length).toBeGreaterThan(10);
  for (const { strategy, account, point, base } of times) {
    const line = lines.find(
      (one) => one.strategy === strategy && one.situation === account && isDeepStrictEqual(one.point, point),
    );
    expect(line?.ns.value).toBe(Number(base.value.toPrecision(6)));
    expect(line?.ns.interval?.high).toBe(Number(base.interval?.high.toPrecision(6)));
  }
});

describe('a history', () => {
  it('names the commit at which something became slower, its neighbour and the size', () => {
    const report = reportHistory({ file, lines: thirty(1.2) }, here);
    expect(report).toMatchObject({ commits: 30, series: 1, longEnough: 1, othersLines: 0 });
    expect(report.changes).toHaveLength(1);
    const [{ from, to, series, measured, node }] = report.changes;
    expect([from.commit, to.commit, measured, node]).toEqual([hashOf(19), hashOf(20), 1, undefined]);
    expect(series[0].ratio.value).toBeCloseTo(1.2, 1);
    expect(series[0].ratio.interval?.low).toBeGreaterThan(1.15);
    expect(report.drawn).toMatchObject([
      { strategy: example.strategy, changes: [{ at: 20, ratio: series[0].ratio.value }] },
    ]);
    expect(report.drawn[0].points).toHaveLength(30);
    expect(report.drawn[0].points[20].commit).toBe(hashOf(20));
    expect([series[0].before.rounds, series[0].after.rounds]).toEqual([20, 10]);
  });

  it('is the same in whatever order its lines stand: commits go by their dates', () => {
    const lines = thirty(1.2);
    const shuffled = lines.map((_, i) => lines[(i * 7) % 30]);
    expect(reportHistory({ file, lines: shuffled }, here)).toEqual(reportHistory({ file, lines }, here));
  });

  it('combines measurements of one commit by their rounds', () => {
    const lines = thirty(1.2).flatMap((line) => [
      { ...line, rounds: 6, ns: { value: line.ns.value * 1.1 } },
      { ...line, rounds: 12, run: 'again', ns: { value: line.ns.value / 1.05 } },
    ]);
    const { commits, changes } = reportHistory({ file, lines }, here);
    expect(commits).toBe(30);
    const [{ before }] = changes[0].series;
    const combined = 1e6 * Math.exp((6 * Math.log(1.1) - 12 * Math.log(1.05)) / 18);
    expect(Math.abs(before.value / combined - 1)).toBeLessThan(0.01);
  });

  it('leaves out other machines, and what was measured under other conditions', () => {
    const other = { ...example.machine, fingerprint: 'elsewhere', cpu: 'Other' };
    const lines = [
      ...thirty(1),
      ...thirty(3, { machine: other }),
      ...thirty(1, { conditions: '00000000' }).map((line) => ({
        ...line,
        measuredAt: '1999-01-01T00:00:00Z',
      })),
    ];
    expect(reportHistory({ file, lines }, here)).toMatchObject({ series: 1, othersLines: 30, changes: [] });
    expect(reportHistory({ file, lines }, 'elsewhere').changes).toHaveLength(1);
    expect(reportHistory({ file, lines }, 'nowhere')).toMatchObject({ commits: 0, othersLines: 90 });
    expect(reportHistory({ file, lines: lines.slice(0, 60) }).machine).toBeDefined();
  });

  it('says that Node changed with it', () => {
    const lines = thirty(1.2).map((line, i) => ({
      ...line,
      machine: { ...line.machine, node: i < 20 ? '20.1.0' : '22.2.0' },
    }));
    expect(reportHistory({ file, lines }, here).changes[0].node).toEqual({
      before: '20.1.0',
      after: '22.2.0',
    });
  });

  it('is a page on which each figure leads to its number', () => {
    const lines = [1, 2, 3].flatMap((seed) =>
      thirty(1.2, { strategy: `s${'abc'[seed]}`, situation: 'warm' }, seed),
    );
    const document = historyDocument(reportHistory({ file, lines }, here));
    expect(provenanceProblems(document, names)).toEqual([]);
    const page = renderMarkdown(document);
    expect(page).toContain(`\`${hashOf(20).slice(0, 7)}\` (after \`${hashOf(19).slice(0, 7)}\`)`);
    expect(page).toContain('+20 % [');
    expect(page).toContain('3 of 3 series changed at');
    expect(page).toContain('all of them. Look at what they share');
  });
});

describe('a comparison with a history', () => {
  const comparison = compared(run(2, { factor: 3 }));
  const row = comparison.rows.find(({ red, point }) => red && point !== undefined);
  if (row?.point === undefined || row.account === undefined) throw new Error('nothing is red at a point');
  const cell = { scenario: row.scenario, strategy: row.strategy, point: row.point, situation: row.account };

  /** Twelve measurements of one code that lie so far apart in turn. */
  const same = (factor: number, change: Partial<HistoryLine> = {}) =>
    Array.from({ length: 12 }, (_, i) =>
      lineOf(i, 1e6 * (i % 2 === 0 ? 1 : factor), { ...cell, code: 'abcdef01', ...change }),
    );
  const pastOf = (lines: readonly HistoryLine[]) =>
    withHistory(comparison, { file, lines }, here).rows[comparison.rows.indexOf(row)].past;

  it('says how far measurements of the same code lie apart, and whether that is beyond the limit', () => {
    expect(pastOf(same(1.3))).toEqual({ spread: expect.closeTo(0.3, 6), pairs: 11, isNoisy: true });
    expect(pastOf(same(1.01))).toMatchObject({ isNoisy: false });
  });

  it('says nothing from too few pairs, other code, another Node or another machine', () => {
    expect(pastOf(same(1.3).slice(0, 4))).toBeUndefined();
    expect(pastOf(same(1.3).map((line, i) => ({ ...line, code: `abcdef${10 + i}` })))).toBeUndefined();
    expect(pastOf(same(1.3, { code: undefined }))).toBeUndefined();
    expect(pastOf(same(1.3, { machine: { ...example.machine, fingerprint: 'x' } }))).toBeUndefined();
    const nodes = same(1.3).map((line, i) => ({ ...line, machine: { ...line.machine, node: `20.${i}.0` } }));
    expect(pastOf(nodes)).toBeUndefined();
  });

  it('knows a strategy over all its points from their mean', () => {
    const whole = comparison.rows.find(
      (each) => each.strategy === row.strategy && each.account === row.account && each.point === undefined,
    );
    const points = comparison.rows.flatMap((each) =>
      each.strategy === row.strategy && each.account === row.account && each.quantity === 'time' && each.point
        ? [each.point]
        : [],
    );
    expect(points.length).toBeGreaterThan(2);
    // One point alone is noisy: of the mean over three it is a third of it, on the log scale.
    const lines = points.flatMap((point, i) => same(i === 0 ? 1.3 : 1, { point }));
    const index = whole === undefined ? -1 : comparison.rows.indexOf(whole);
    expect(withHistory(comparison, { file, lines }, here).rows[index].past?.spread).toBeCloseTo(
      1.3 ** (1 / points.length) - 1,
      6,
    );
  });

  it('says it beside the red row, in a column and with the changes; each figure leads to its number', () => {
    const lines = [...same(1.3), ...thirty(1.2)];
    const known = withHistory(comparison, { file, lines }, here);
    const document = comparisonDocument(known);
    expect(
      provenanceProblems(document, [
        ...names,
        ...known.scenarios.flatMap(({ strategies }) => strategies.map(({ label }) => label)),
      ]),
    ).toEqual([]);
    const page = renderMarkdown(document);
    expect(page).toMatch(
      /Known noisy: `wasm-simd` \(.*\) differed by 30 % between measurements of the same code \(11 pairs\)/,
    );
    expect(page).toContain('| known noisy: ±30 % |');
    expect(page).toContain('<summary>History</summary>');
    expect(page).toMatch(/\| \+(19|20) % \[/);
  });
});
