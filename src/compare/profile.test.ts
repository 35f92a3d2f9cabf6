import { describe, expect, it } from 'vitest';
import { compared, run } from '../../test/support/comparison-runs.js';
import { provenanceProblems } from '../../test/support/provenance.js';
import { comparisonDocument } from '../documents/comparison/comparison.js';
import { renderMarkdown } from '../render/markdown.js';
import { type FunctionTime, findGrownFunctions, findWorstCell, type ProfileReport } from './profile.js';

const of = (name: string, ns: number, change: Partial<FunctionTime> = {}): FunctionTime => ({
  name,
  file: 'own.mjs',
  line: 3,
  ns,
  samples: 1_000,
  ...change,
});

describe('functions whose own time grew', () => {
  it('are named with both times, the largest growth first, wherever their lines are now', () => {
    const base = [of('parse', 1e6), of('hash', 2e6), of('rest', 5e6)];
    const head = [of('parse', 2e6, { line: 9 }), of('hash', 5e6), of('rest', 5e6), of('fresh', 1e6)];
    const { grown, explained } = findGrownFunctions(base, head);
    expect(grown.map(({ name, line, grownNs }) => [name, line, grownNs])).toEqual([
      ['hash', 3, 3e6],
      ['parse', 9, 1e6],
      ['fresh', 3, 1e6],
    ]);
    expect(explained).toBeCloseTo(1);
  });

  it('are none where it may be luck, or too little to matter', () => {
    // Seen 9 times and 16 times: 3 and 4 of standard error.
    const lucky = findGrownFunctions([of('a', 9, { samples: 9 })], [of('a', 16, { samples: 16 })]);
    expect(lucky.grown).toEqual([]);
    const small = findGrownFunctions([of('a', 100), of('b', 1e6)], [of('a', 200), of('b', 2e6)]);
    expect(small.grown.map(({ name }) => name)).toEqual(['b']);
  });

  it('explain nothing where all together became faster', () => {
    const shifted = findGrownFunctions([of('a', 1e6), of('b', 5e6)], [of('a', 2e6), of('b', 1e6)]);
    expect(shifted.grown.map(({ name }) => name)).toEqual(['a']);
    expect(shifted.explained).toBeUndefined();
  });

  it('of one name in one file are one', () => {
    const twice = [of('(anonymous)', 1e6, { line: 2 }), of('(anonymous)', 3e6, { line: 7 })];
    const { grown } = findGrownFunctions([of('(anonymous)', 1e6)], twice);
    expect(grown).toMatchObject([{ line: 7, baseNs: 1e6, headNs: 4e6 }]);
  });
});

describe('the cell to look into', () => {
  it('is the one that is surely slower by most', () => {
    const comparison = compared(run(2, { factor: 3 }));
    const cell = findWorstCell(comparison);
    expect(cell).toMatchObject({ strategy: 'wasm-simd', account: 'resident' });
    const lows = comparison.rows.flatMap(({ quantity, point, ratio, red }) =>
      quantity === 'time' && point !== undefined && red ? [ratio.interval?.low ?? 0] : [],
    );
    const row = comparison.rows.find(
      (each) =>
        each.quantity === 'time' &&
        each.account === cell?.account &&
        each.point === cell?.point &&
        each.strategy === cell?.strategy,
    );
    expect(row?.ratio.interval?.low).toBe(Math.max(...lows));
  });

  it('is none where nothing is slower', () => {
    expect(findWorstCell(compared(run(2, { factor: 0.3 })))).toBeUndefined();
  });

  it('is none of a program, which Node’s profiler does not see', () => {
    const comparison = compared(run(2, { factor: 3 }));
    const scenarios = comparison.scenarios.map((scenario) => ({
      ...scenario,
      strategies: scenario.strategies.map((one) =>
        one.label === 'wasm-simd' ? { ...one, home: 'program' as const } : one,
      ),
    }));
    expect(findWorstCell({ ...comparison, scenarios })).toBeUndefined();
  });
});

describe('what was profiled, in a comparison', () => {
  const comparison = compared(run(2, { factor: 3 }));
  const cell = findWorstCell(comparison);
  if (cell === undefined) throw new Error('nothing is slower');
  const grown = findGrownFunctions([of('hash', 1e6)], [of('hash', 3e6)]);
  const names = comparison.scenarios.flatMap(({ strategies }) => strategies.map(({ label }) => label));

  it.each<[string, ProfileReport, RegExp]>([
    [
      'grew',
      { ...cell, kind: 'profiled', base: { calls: 300, ns: 2e6 }, head: { calls: 100, ns: 4e6 }, ...grown },
      /\| `hash` \| own\.mjs:3 \| 1 ms \| 3 ms \| 2 ms \|/,
    ],
    [
      'is not seen',
      { ...cell, kind: 'profiled', base: { calls: 3, ns: 2e6 }, head: { calls: 1, ns: 2e6 }, grown: [] },
      /No function’s own time surely grew/,
    ],
    [
      'failed',
      { ...cell, kind: 'failed', side: 'head', message: 'it crashed' },
      /could not be profiled on head: it crashed\./,
    ],
    ['is not there', { kind: 'nothing slower' }, /No cell is surely slower: nothing was profiled/],
  ])('%s: each figure leads to its number', (_, profile, says) => {
    const document = comparisonDocument({ ...comparison, profile });
    expect(provenanceProblems(document, names)).toEqual([]);
    expect(renderMarkdown(document)).toMatch(says);
  });
});
