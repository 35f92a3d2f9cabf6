import type { Results } from '../../../src/results/format.js';
import type { Cost, StrategyModel, SyntheticRun } from './model.js';
import { syntheticResults } from './run.js';

/**
 * The `large-lists` scenario as a run on two cores would give it: times after the facts of DESIGN.md, a crossover of
 * vectorized against for-loop in the warm account at about 6,700 numbers per list, pools that never pay, one cell
 * over its limit at 1,000,000 × 16, and four claims (two confirmed, one undecided, one not testable).
 */
export function exampleResults(): Results {
  return syntheticResults(exampleRun);
}

const perKey =
  (fixedNs: number, perKeyNs: number, perElementNs: number): Cost =>
  ({ keys, elements }) =>
    fixedNs + perKeyNs * keys + perElementNs * elements;

export const exampleStrategies: readonly StrategyModel[] = [
  {
    label: 'for-loop',
    title: 'Plain loop over each list',
    family: 'serial',
    place: () => 500,
    compute: perKey(300, 60, 2.6),
    collect: perKey(300, 60, 3),
    run: perKey(1_000, 120, 6),
    importNs: 1.2e6,
    cold: 1.3,
  },
  {
    label: 'async-tasks',
    title: 'One promise per list, one thread',
    family: 'concurrent',
    place: () => 500,
    compute: perKey(1_500, 300, 2.6),
    collect: perKey(300, 60, 3),
    run: perKey(2_500, 420, 6.02),
    importNs: 1.3e6,
    cold: 1.3,
  },
  {
    label: 'typed-array',
    title: 'Packed into a Float64Array',
    family: 'vectorized',
    place: perKey(12_000, 300, 2.4),
    compute: perKey(500, 60, 1),
    collect: perKey(18_000, 300, 2.15),
    importNs: 1.6e6,
    cold: 1.5,
  },
  {
    label: 'wasm-simd',
    title: 'WebAssembly f64x2',
    family: 'vectorized',
    importNs: 1.8e6,
    openNs: 4e6,
    closeNs: 0.1e6,
    place: perKey(28_000, 400, 2.3),
    compute: perKey(900, 80, 0.45),
    collect: perKey(25_000, 400, 2.15),
    cold: 1.4,
  },
  {
    label: 'worker-threads',
    title: 'Pool of worker threads, structured clone',
    family: 'threads',
    importNs: 6e6,
    openNs: 31e6,
    closeNs: 4e6,
    compute: ({ elements, workers }) => (2.6 * elements) / workers,
    run: perKey(60_000, 30_000, 84),
    cold: 1.2,
  },
  {
    label: 'child-process[serialization=json]',
    title: 'Pool of forked processes, JSON',
    family: 'processes',
    importNs: 7e6,
    openNs: 92e6,
    closeNs: 9e6,
    compute: ({ elements, workers }) => (2.6 * elements) / workers,
    run: perKey(90_000, 45_000, 410),
    cold: 1.1,
  },
];

/** The time model behind it, for tests that compare with the truth. */
export const exampleRun: SyntheticRun = {
  scenario: {
    id: 'large-lists',
    title: 'A few long lists',
    question: 'Do threads, processes or SIMD pay for x² − 13 over a few lists of a million numbers?',
  },
  strategies: exampleStrategies,
  sweeps: [
    { keys: [4, 8, 16], length: [1_000_000] },
    { keys: [8], length: [1_000, 2_000, 4_000, 8_000, 16_000, 64_000, 256_000, 1_000_000] },
  ],
  noise: { round: 0.03, cell: 0.02, sample: 0.03 },
  claims: [
    {
      says: 'Array code on packed data is many times faster than the loop.',
      account: 'resident',
      faster: 'vectorized',
      than: 'for-loop',
      where: { length: [1_000_000] },
    },
    {
      says: 'Threads are slower than the plain loop for such work.',
      account: 'warm',
      faster: 'for-loop',
      than: 'worker-threads',
      where: { keys: [8] },
    },
    {
      says: 'A pool of 16 processes beats the loop once lists are long.',
      cores: 16,
      account: 'one-shot',
      faster: 'child-process',
      than: 'for-loop',
      where: { length: [1_000_000] },
    },
    {
      says: 'Concurrency speeds up the loop.',
      account: 'warm',
      faster: 'async-tasks',
      than: 'for-loop',
      where: {},
    },
  ],
  outcome: (strategy, point) =>
    strategy.startsWith('child-process') && point.keys === 16
      ? {
          status: 'limit',
          limit: 'time',
          message: 'over 30 s in the one-shot session; killed',
          boundNs: 30e9,
        }
      : undefined,
};
