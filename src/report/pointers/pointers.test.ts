import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../analysis/analyse.js';
import { modelsOf } from '../../model/profile.js';
import type { Bandwidth } from '../../model/scaling/roof.js';
import { scalingOf } from '../../model/scaling/scaling.js';
import type { Outcome, Results } from '../../results/format.js';
import { readResults } from '../../results/reader.js';
import { exampleResults, exampleStrategies, type Shape, syntheticResults } from '../../results/synthetic.js';
import { composeCharts } from '../charts/charts.js';
import { waits, workPerItem } from '../fixtures.js';
import { verdict } from '../verdict/verdict.js';
import { pointerProblems } from './check.js';
import { asking, numpy, pooled, prices, sized, threePools, traced, tracedWithout } from './fixtures.js';
import { bare, told, withNotes } from './note.js';
import { type Pointer, pointersOf } from './pointers.js';

/** A verdict with its pointers, as a report writes them. */
function reported(results: Results, bandwidth?: Bandwidth): { text: string; pointers: Pointer[] } {
  const analysis = analyse(results);
  const models = modelsOf(results);
  const scaling = scalingOf(results, models, bandwidth === undefined ? {} : { bandwidth });
  const noted = withNotes(() =>
    verdict(analysis, { charts: composeCharts(analysis).charts, models, scaling }),
  );
  return {
    text: noted.text,
    pointers: pointersOf(noted, { header: analysis.header, analysis, formulas: models, scaling }),
  };
}

const sample = (name: string) => new URL(`../../../../reports/sample/${name}/`, import.meta.url);
const failing = (strategy: string): Outcome | undefined => {
  if (strategy === 'typed-array')
    return { status: 'wrong', message: 'call 3, key "key1": expected 17.5 at index 4, got 3' };
  return strategy === 'wasm-simd'
    ? { status: 'limit', limit: 'time', message: 'over 30 s', boundNs: 30e9 }
    : undefined;
};
const samples = ['large-lists', 'item-cost', 'waiting-items', 'overheads', 'grid'];

describe('each number of a verdict leads to where it comes from', () => {
  it.each(samples)('in the committed sample %s, as it is written beside it', (name) => {
    const results = readResults(new URL('results.ndjson', sample(name)).pathname);
    const text = readFileSync(new URL('verdict.md', sample(name)), 'utf8');
    const pointers = JSON.parse(readFileSync(new URL('verdict.pointers.json', sample(name)), 'utf8'));
    expect(pointers.length).toBeGreaterThan(50);
    expect(pointerProblems(results, text, pointers)).toEqual([]);
  });

  it.each([
    ['an example', exampleResults()],
    [
      'failures',
      syntheticResults({
        strategies: exampleStrategies,
        sweeps: [{ length: [100, 1_000, 10_000, 100_000] }],
        outcome: failing,
      }),
    ],
    [
      'an interrupted run',
      syntheticResults({ strategies: exampleStrategies, sweeps: [{ length: [100, 10_000] }], stopAfter: 40 }),
    ],
    [
      'a quick run',
      syntheticResults({
        strategies: exampleStrategies,
        sweeps: [{ length: [100, 10_000] }],
        quick: true,
        rounds: 4,
        scenario: { quickNote: '2 lengths of 17' },
      }),
    ],
    [
      'many workers',
      syntheticResults({
        strategies: exampleStrategies,
        sweeps: [{ workers: [1, 2, 4], keys: [8, 64], length: [1_000, 20_000] }],
        host: { cores: 8, usableCores: 1.5 },
      }),
    ],
    [
      'programs',
      syntheticResults({ strategies: [...exampleStrategies, numpy], sweeps: [{ length: [100, 10_000] }] }),
    ],
    ['waiting', syntheticResults({ strategies: waits, kind: 'wait', sweeps: [{ keys: [2, 8, 32] }] })],
    [
      'work per item',
      syntheticResults({ strategies: workPerItem, sweeps: [{ cost: [10, 40, 160, 640], keys: [16] }] }),
    ],
    [
      'a map',
      syntheticResults({
        strategies: exampleStrategies,
        sweeps: [{ keys: [4, 16, 64], length: [10, 1_000, 100_000] }],
      }),
    ],
    [
      'few rounds',
      syntheticResults({ strategies: exampleStrategies, sweeps: [{ length: [10, 1_000] }], rounds: 3 }),
    ],
  ])('in a made-up run: %s', (_what, results) => {
    const { text, pointers } = reported(results);
    expect(pointerProblems(results, text, pointers)).toEqual([]);
  });

  it.each([
    [
      'traced calls',
      syntheticResults({
        strategies: [workPerItem[0], traced, tracedWithout],
        sweeps: [{ cost: [10, 160], keys: [16] }],
      }),
      /in 2 of 4 cells[\s\S]*\| ≈ 50 % \|.* 30 % \|[\s\S]*spends 50 % of a call serialising.*`worker-threads-shared` does without half/,
    ],
    [
      'three pools, each by itself',
      syntheticResults({
        strategies: [workPerItem[0], ...threePools],
        sweeps: [{ cost: [10, 14, 20, 28, 40, 56, 80, 112, 160, 224], keys: [16] }],
      }),
      /\| pool-c \| from about 1\d\d µs of work per item \[/,
    ],
    [
      'a price list',
      asking(sized, { prices }),
      /\| Ints \| in \| per number of 1k \| per number of 10k \| per number of 12k \|/,
    ],
    [
      'bytes per second',
      asking(sized, { bandwidth: true }),
      /[MG]B\/s \[.*\] on one core .*[MG]B\/s \[.*\] on cores that its program does not count/,
    ],
    [
      'a picture for each number of workers',
      asking(syntheticResults({ strategies: [pooled], sweeps: [{ length: [1e3, 1e5], workers: [1, 2] }] }), {
        bandwidth: true,
      }),
      /!\[Bytes per second by size, 2 workers\]/,
    ],
  ])('in a section that not every run has: %s', (_what, results, says) => {
    const { text, pointers } = reported(results);
    expect(text).toMatch(says);
    expect(pointerProblems(results, text, pointers)).toEqual([]);
  });

  it.each([
    ['by the work in all', 400e3, 0, 'Below 640 µs of work in all: for-loop; above: worker-threads.'],
    [
      'row by row',
      0,
      30e3,
      '- With 4 to 64 keys: below 40 µs of work per item: for-loop; above: worker-threads.',
    ],
  ])('in the words of a map of work, told %s', (_what, callNs, keyNs, says) => {
    const [loop, threads] = workPerItem;
    const run = (shape: Shape) => callNs + keyNs * shape.keys + threads.compute(shape);
    const strategies = [loop, { ...threads, run }];
    const results = syntheticResults({
      strategies,
      sweeps: [{ cost: [20, 80, 320], keys: [4, 16, 64] }],
    });
    const { text, pointers } = reported(results);
    expect(text).toContain(says);
    expect(pointerProblems(results, text, pointers)).toEqual([]);
  });

  it('in a made-up run whose share of the memory bandwidth is told against another run', () => {
    const results = syntheticResults({
      strategies: [exampleStrategies[0], pooled],
      sweeps: [{ keys: [16] }],
      host: { caches: [{ name: 'L1', bytes: 32_768 }] },
    });
    const other = { bytesPerNs: 20, run: '20251122-155529' };
    const { text, pointers } = reported(results, other);
    expect(text).toContain('memory bandwidth measured in run `20251122-155529`');
    expect(text).toContain('Memory bandwidth: from the results of run `20251122-155529`');
    expect(pointerProblems(results, text, pointers, other)).toEqual([]);
  });
});

describe('the checker', () => {
  const results = exampleResults();
  const { text, pointers } = reported(results);
  const time = pointers.find(({ from }) => from[0]?.endsWith('/state/time'));
  if (time === undefined) throw new Error('the example prints no time');

  it('finds a number that has no pointer', () => {
    expect(pointerProblems(results, `${text}\nAbout 17 more.`, pointers)).toEqual([
      expect.stringMatching(/^line \d+: the number 17 has no pointer \("…About 17 more/),
    ]);
  });

  it('finds a figure that is not what its pointer leads to', () => {
    const edited = pointers.map((one) =>
      one === time ? { ...one, from: ['analysis:/costs/0/elements'] } : one,
    );
    expect(pointerProblems(results, text, edited)).toEqual([
      expect.stringContaining('analysis:/costs/0/elements is'),
    ]);
  });

  it('finds a pointer that leads nowhere, and one whose figure stands elsewhere', () => {
    const lost = pointers.map((one) => (one === time ? { ...one, from: ['analysis:/none'] } : one));
    expect(pointerProblems(results, text, lost)).toEqual([
      expect.stringContaining('analysis:/none leads nowhere'),
    ]);
    const moved = pointers.map((one) => (one === time ? { ...one, column: one.column + 1 } : one));
    expect(pointerProblems(results, text, moved).join()).toContain('does not stand there');
  });

  it('finds records that do not make the time that is printed', () => {
    const other = results.header.cells.find(({ id }) => !time.records?.includes(id));
    const edited = pointers.map((one) => (one === time ? { ...one, records: [other?.id ?? ''] } : one));
    expect(pointerProblems(results, text, edited)).toEqual([
      expect.stringMatching(/the samples of c\d+ make /),
    ]);
  });
});

describe('a figure leads to the object that it is from', () => {
  const { header } = exampleResults();
  const roots = { header, analysis: analyse(exampleResults()), formulas: [], scaling: [] };
  const [first, , third] = header.cells;

  it('and to no equal one before it, though equal sentences are equal', () => {
    expect(first.keys).toBe(third.keys);
    const noted = withNotes(() => {
      const [one, other] = [first, third].map((cell) => `${told(cell, 'keys', String)} keys`);
      expect(one).not.toBe(other);
      expect(bare(one)).toBe(bare(other));
      return `${one}, ${other}`;
    });
    expect(pointersOf(noted, roots).map(({ from }) => from)).toEqual([
      ['header:/cells/0/keys'],
      ['header:/cells/2/keys'],
    ]);
  });

  it('and nowhere, where that is none of the results', () => {
    const noted = withNotes(() => told({ keys: first.keys }, 'keys', String));
    expect(pointersOf(noted, roots).map(({ from }) => from)).toEqual([[]]);
  });
});

it('outside of a report a figure is its text alone', () => {
  expect(withNotes(() => 'nothing').spans).toEqual([]);
});
