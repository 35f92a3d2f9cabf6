import type { PriceList } from '../../src/contract/scenario.js';
import type { Results } from '../../src/results/format.js';
import { workPerItem } from './report-runs.js';
import { exampleStrategies, type StrategyModel, syntheticResults } from './synthetic.js';

/* Runs whose verdicts have the sections that a scenario asks for, or that only some strategies bring. */

export const numpy: StrategyModel = {
  label: 'python-numpy',
  family: 'external',
  program: 'python',
  compute: ({ elements }) => elements,
};

/** A call of one ms of serialising, 600 µs in which its caller computes, and 400 µs that nobody stamped. */
export const traced: StrategyModel = {
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
export const tracedWithout: StrategyModel = {
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
export const pooled: StrategyModel = {
  ...workPerItem[1],
  compute: ({ elements }) => elements,
  run: ({ elements }) => 30_000 + elements,
  place: () => 500,
  collect: () => 500,
};
/** Pools whose messages cost so many µs per item: each pays from another amount of work on. */
export const threePools = [10, 30, 90].map(
  (us): StrategyModel => ({
    ...workPerItem[1],
    label: `pool-${'abc'[[10, 30, 90].indexOf(us)]}`,
    run: (shape) => us * 1_000 * shape.keys + workPerItem[0].compute(shape) / 2,
  }),
);

/** The same results of a scenario that asks for more sections, whose kernel says what it moves. */
export function asking(results: Results, more: Partial<Results['header']['scenario']>): Results {
  const { header } = results;
  const cells = header.cells.map((cell) => ({ ...cell, work: { flops: 0, bytes: 16 * cell.elements } }));
  return { ...results, header: { ...header, cells, scenario: { ...header.scenario, ...more } } };
}

const keeping = ({ elements }: { readonly elements: number }) => 2_000 + 3 * elements;
export const sized = syntheticResults({
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
export const prices: PriceList = {
  alone: true,
  rows: [
    { what: 'copy 2 lists', strategy: 'for-loop', of: 'place', per: 'number', source: { low: 64, high: 70 } },
    { what: 'pack', strategy: 'wasm-simd', of: 'collect', per: 'number' },
    { what: 'keep', strategy: 'native', of: 'place', per: 'number' },
    { what: 'drop', strategy: 'native', of: 'release', per: 'event' },
    { what: 'start', strategy: 'wasm-simd', of: 'open', per: 'event' },
  ],
};
