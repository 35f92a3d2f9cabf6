import type { PriceList } from '../../src/contract/scenario.js';
import type { Outcome, Results } from '../../src/results/format.js';
import { waits, workPerItem } from './report-runs.js';
import { exampleResults, exampleStrategies, type StrategyModel, syntheticResults } from './synthetic.js';

/* Runs whose verdicts have the sections that a scenario asks for, or that only some strategies bring. */

const numpy: StrategyModel = {
  label: 'python-numpy',
  family: 'external',
  program: 'python',
  compute: ({ elements }) => elements,
};

/** A call of one ms of serialising, 600 µs in which its caller computes, and 400 µs that nobody stamped. */
const traced: StrategyModel = {
  ...workPerItem[1],
  trace: () => ({
    kind: 'spans',
    totalNs: 2_000_123,
    caller: {
      spans: [
        ['serialise', 0, 1_000_000],
        ['compute', 1_000_000, 1_600_050],
      ],
      gc: [],
    },
    workers: [],
    estimated: ['serialise'],
  }),
};
/** It sends nothing, and is faster. */
const tracedWithout: StrategyModel = {
  ...workPerItem[1],
  label: 'worker-threads-shared',
  run: (shape) => 5_000 * shape.keys + workPerItem[0].compute(shape) / 2,
  trace: () => ({
    kind: 'spans',
    totalNs: 1_400_321,
    caller: { spans: [['compute', 0, 1_390_111]], gc: [] },
    workers: [],
    estimated: [],
  }),
};

/** A pool that can keep its data. */
const pooled: StrategyModel = {
  ...workPerItem[1],
  compute: ({ elements }) => elements,
  run: ({ elements }) => 30_000 + elements,
  place: () => 500,
  collect: () => 500,
};
/** Pools whose messages cost so many µs per item: each pays from another amount of work on. */
const threePools = [10, 30, 90].map(
  (us): StrategyModel => ({
    ...workPerItem[1],
    label: `pool-${'abc'[[10, 30, 90].indexOf(us)]}`,
    run: (shape) => us * 1_000 * shape.keys + workPerItem[0].compute(shape) / 2,
  }),
);

/** The same results of a scenario that asks for more sections, whose kernel says what it moves. */
function asking(results: Results, more: Partial<Results['header']['scenario']>): Results {
  const { header } = results;
  const cells = header.cells.map((cell) => ({ ...cell, work: { flops: 0, bytes: 16 * cell.elements } }));
  return { ...results, header: { ...header, cells, scenario: { ...header.scenario, ...more } } };
}

const keeping = ({ elements }: { readonly elements: number }) => 2_000 + 3 * elements;
const sized = syntheticResults({
  strategies: [
    exampleStrategies[0],
    exampleStrategies[3],
    { ...numpy, label: 'native', program: 'native', place: keeping, collect: keeping },
  ],
  sweeps: [
    { keys: [1], length: [1_000, 10_000], values: ['ints', 'doubles'] },
    { keys: [3], length: [4_000], values: ['ints', 'doubles'] },
  ],
  host: { caches: [{ name: 'L1', bytes: 32_768 }] },
});
const prices: PriceList = {
  alone: true,
  rows: [
    { what: 'copy 2 lists', strategy: 'for-loop', of: 'place', per: 'number', source: { low: 64, high: 70 } },
    { what: 'pack', strategy: 'wasm-simd', of: 'collect', per: 'number' },
    { what: 'keep', strategy: 'native', of: 'place', per: 'number' },
    { what: 'drop', strategy: 'native', of: 'release', per: 'event' },
    { what: 'start', strategy: 'wasm-simd', of: 'open', per: 'event' },
  ],
};

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
