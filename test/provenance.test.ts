import { describe, expect, it } from 'vitest';
import { analyse } from '../src/analysis/analyse.js';
import type { Document } from '../src/document/document.js';
import { paragraph, text } from '../src/document/document.js';
import { figure } from '../src/document/figure.js';
import { verdictDocument } from '../src/documents/verdict/verdict.js';
import { modelsOf } from '../src/model/profile.js';
import { scalingOf } from '../src/model/scaling/scaling.js';
import { composeCharts } from '../src/report/charts/charts.js';
import { waits, workPerItem } from '../src/report/fixtures.js';
import {
  asking,
  numpy,
  pooled,
  prices,
  sized,
  threePools,
  traced,
  tracedWithout,
} from '../src/report/pointers/fixtures.js';
import type { Outcome, Results } from '../src/results/format.js';
import { readResults } from '../src/results/reader.js';
import { exampleResults, exampleStrategies, syntheticResults } from '../src/results/synthetic.js';
import { root } from './support/goldens.js';
import { provenanceProblems } from './support/provenance.js';

function documentOf(results: Results): Document {
  const analysis = analyse(results, { draws: 300 });
  const models = modelsOf(results);
  const bandwidth = { bytesPerNs: 20, run: 'another' };
  const scaling = scalingOf(results, models, { bandwidth });
  return verdictDocument(analysis, { charts: composeCharts(analysis).charts, models, scaling });
}

function namesOf({ header }: Results): string[] {
  return [
    ...header.strategies.map(({ label }) => label),
    ...(header.host.caches ?? []).map(({ name }) => name),
  ];
}

const lengths = [{ length: [100, 1_000, 10_000, 100_000] }];
const failing = (strategy: string): Outcome | undefined => {
  if (strategy === 'typed-array')
    return { status: 'wrong', message: 'call 3, key "key1": expected 17.5 at index 4, got 3' };
  return strategy === 'wasm-simd'
    ? { status: 'limit', limit: 'time', message: 'over 30 s', boundNs: 30e9 }
    : undefined;
};

describe('each figure of a verdict leads to its number in the same file, and no number is from nowhere', () => {
  it.each(['large-lists', 'item-cost', 'waiting-items', 'overheads', 'grid'])('sample %s', (name) => {
    const results = readResults(`${root}reports/sample/${name}/results.ndjson`);
    expect(provenanceProblems(documentOf(results), namesOf(results))).toEqual([]);
  });

  it.each<[string, Results]>([
    ['an example', exampleResults()],
    ['failures', syntheticResults({ strategies: exampleStrategies, sweeps: lengths, outcome: failing })],
    ['interrupted', syntheticResults({ strategies: exampleStrategies, sweeps: lengths, stopAfter: 40 })],
    [
      'quick',
      syntheticResults({
        strategies: exampleStrategies,
        sweeps: lengths,
        quick: true,
        rounds: 4,
        scenario: { quickNote: '2 lengths of 17' },
      }),
    ],
    ['few rounds', syntheticResults({ strategies: exampleStrategies, sweeps: lengths, rounds: 3 })],
    [
      'part of the cores',
      syntheticResults({
        strategies: exampleStrategies,
        sweeps: [{ workers: [1, 2, 4], keys: [8, 64], length: [1_000, 20_000] }],
        host: { cores: 8, usableCores: 1.5 },
      }),
    ],
    ['programs', syntheticResults({ strategies: [...exampleStrategies, numpy], sweeps: lengths })],
    ['waiting', syntheticResults({ strategies: waits, kind: 'wait', sweeps: [{ keys: [2, 8, 32] }] })],
    [
      'work per item',
      syntheticResults({ strategies: workPerItem, sweeps: [{ cost: [10, 40, 160, 640], keys: [16] }] }),
    ],
    [
      'a map of work',
      syntheticResults({ strategies: workPerItem, sweeps: [{ cost: [20, 80, 320], keys: [4, 16, 64] }] }),
    ],
    [
      'traced calls',
      syntheticResults({
        strategies: [workPerItem[0], traced, tracedWithout],
        sweeps: [{ cost: [10, 160], keys: [16] }],
      }),
    ],
    [
      'three pools',
      syntheticResults({
        strategies: [workPerItem[0], ...threePools],
        sweeps: [{ cost: [10, 20, 40, 80, 160, 224], keys: [16] }],
      }),
    ],
    ['a price list', asking(sized, { prices })],
    ['bytes per second', asking(sized, { bandwidth: true })],
    [
      'workers on an axis',
      asking(syntheticResults({ strategies: [pooled], sweeps: [{ length: [1e3, 1e5], workers: [1, 2] }] }), {
        bandwidth: true,
      }),
    ],
  ])('made up: %s', (_, results) => {
    expect(provenanceProblems(documentOf(results), namesOf(results))).toEqual([]);
  });
});

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
