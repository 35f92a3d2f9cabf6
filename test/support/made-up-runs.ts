import type { Outcome, Results } from '../../src/results/format.js';
import { waits, workPerItem } from './report-runs.js';
import { asking, numpy, pooled, prices, sized, threePools, traced, tracedWithout } from './section-runs.js';
import { exampleResults, exampleStrategies, syntheticResults } from './synthetic.js';

/* Runs whose verdicts have, together, every section and every kind of sentence. */

const lengths = [{ length: [100, 1_000, 10_000, 100_000] }];
const failing = (strategy: string): Outcome | undefined => {
  if (strategy === 'typed-array')
    return { status: 'wrong', message: 'call 3, key "key1": expected 17.5 at index 4, got 3' };
  return strategy === 'wasm-simd'
    ? { status: 'limit', limit: 'time', message: 'over 30 s', boundNs: 30e9 }
    : undefined;
};

export const madeUpRuns: readonly (readonly [string, Results])[] = [
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
];
