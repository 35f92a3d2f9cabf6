import { type PartId, type Parts, partIds, partsOf } from '../../src/documents/lesson/part.js';
import { steps } from '../../src/documents/lesson/questions.js';
import type { CellHeader, CellRecord, Results } from '../../src/results/format.js';
import type { StrategyModel, SyntheticRun } from './synthetic.js';
import { syntheticResults } from './synthetic.js';

/* A lesson whose true times are known: about those of a machine with two cores. */

export interface MadeUp {
  /** Factors on the time of a strategy in a part, by `part strategy`; in all accounts. */
  readonly slower?: Readonly<Record<string, number>>;
  /** Why programs in Python cannot run; absent where they do. */
  readonly needs?: string;
  readonly rounds?: number;
  readonly quick?: boolean;
  readonly cores?: number;
  /** Standard deviation between rounds, on the log scale; default 1 %. */
  readonly noise?: number;
  /** Share of the processors' time that other programs took. */
  readonly othersShare?: number;
  /** Only these parts. */
  readonly only?: readonly PartId[];
}

const ms = 1e6;
const python = (id: string, ns: number, inPlaceNs?: number): StrategyModel => ({
  label: `python-${id}`,
  family: 'external',
  program: 'python',
  ...timed(ns, inPlaceNs),
});
const node = (
  label: string,
  family: StrategyModel['family'],
  ns: number,
  inPlaceNs?: number,
): StrategyModel => ({
  label,
  family,
  ...timed(ns, inPlaceNs),
  ...(family === 'threads' ? { openNs: 30 * ms, closeNs: 2 * ms } : {}),
});

function timed(ns: number, inPlaceNs?: number): Pick<StrategyModel, 'compute' | 'place' | 'collect'> {
  if (inPlaceNs === undefined) return { compute: () => ns };
  const moving = () => (ns - inPlaceNs) / 2;
  return { place: moving, compute: () => inPlaceNs, collect: moving };
}

const working = [
  node('for-loop', 'serial', 1.3 * ms),
  python('for-loop', 20 * ms),
  python('threads', 20.1 * ms),
  python('process-pool[chunksize=1]', 11 * ms),
];

/** A way that costs so much to send, and computes on two cores. */
const pool = (label: string, tripNs: number): StrategyModel => ({
  label,
  family: 'threads',
  openNs: 30 * ms,
  closeNs: 2 * ms,
  compute: ({ point }) => tripNs + 8_000 * 5 * Number(point.steps) * 0.5,
});

const runs: Readonly<Record<PartId, SyntheticRun>> = {
  waiting: {
    sweeps: [{ keys: [8], length: [10], workers: [8] }],
    kind: 'wait',
    strategies: [
      node('for-loop', 'serial', 41 * ms),
      node('async-tasks', 'concurrent', 5.2 * ms),
      python('for-loop', 41 * ms),
      python('threads', 5.6 * ms),
      python('process-pool[chunksize=1]', 5.6 * ms),
    ],
  },
  working: {
    sweeps: [{ keys: [8], length: [10], workers: [8] }],
    strategies: [...working, node('async-tasks', 'concurrent', 1.3 * ms)],
  },
  lock: {
    sweeps: [{ keys: [8], length: [10], workers: [2] }],
    strategies: [...working, node('worker-threads', 'threads', 0.8 * ms)],
  },
  sending: {
    sweeps: [{ keys: [8], length: [10_000], values: ['ints', 'doubles'] }],
    strategies: [
      node('for-loop', 'serial', 0.4 * ms),
      node('typed-array', 'vectorized', 0.6 * ms),
      node('worker-threads', 'threads', 6 * ms),
      {
        ...node('child-process[serialization=json]', 'processes', 0),
        compute: ({ point }) => (point.values === 'ints' ? 8 : 40) * ms,
      },
    ],
  },
  messages: {
    sweeps: [{ keys: [500], length: [10], chunk: ['key', 'balanced'] }],
    strategies: [
      {
        ...node('worker-threads', 'threads', 0),
        compute: ({ point }) => (point.chunk === 'key' ? 15 : 1.2) * ms,
      },
    ],
  },
  vectors: {
    sweeps: [{ keys: [8], length: [25_000] }],
    strategies: [
      node('for-loop', 'serial', 2 * ms, 1 * ms),
      node('typed-array', 'vectorized', 2.6 * ms, 0.4 * ms),
      node('wasm-simd', 'vectorized', 2.4 * ms, 0.18 * ms),
      node('wasm-simd-threads', 'threads', 2.3 * ms, 0.1 * ms),
      python('for-loop', 20 * ms, 19 * ms),
      python('numpy', 28 * ms, 0.4 * ms),
      python('process-pool[chunksize=1]', 30 * ms),
    ],
  },
  paying: {
    sweeps: [{ keys: [16], length: [500], steps: [...steps] }],
    strategies: [
      { ...node('for-loop', 'serial', 0), compute: ({ point }) => 8_000 * 5 * Number(point.steps) },
      pool('worker-threads', 1.6 * ms),
      pool('worker-threads-transfer', 0.5 * ms),
      pool('worker-threads-shared', 0.1 * ms),
    ],
  },
};

export function madeUpResults(made: MadeUp = {}): Map<PartId, Results> {
  const { only = partIds } = made;
  return new Map(only.map((part): [PartId, Results] => [part, resultsOf(part, made)]));
}

export function madeUpParts(made: MadeUp = {}): Parts {
  return partsOf(madeUpResults(made), 300);
}

function resultsOf(
  part: PartId,
  { slower = {}, needs, rounds = 40, quick = false, cores = 2, noise = 0.01, othersShare }: MadeUp,
): Results {
  const run = runs[part];
  const results = syntheticResults({
    ...run,
    scenario: { id: part, title: `The part ${part}` },
    rounds,
    quick,
    noise: { cell: noise },
    seed: 1 + partIds.indexOf(part),
    host: { cores, usableCores: cores },
    strategies: run.strategies.map((model) => changed(model, slower[`${part} ${model.label}`] ?? 1, needs)),
  });
  const records = results.records.map((record) => ({
    ...withCpu(record, results.header.cells, run.kind === 'wait'),
    ...(othersShare === undefined ? {} : { machine: { spinNs: 1e6, othersShare } }),
  }));
  return {
    ...results,
    records,
    header: { ...results.header, command: ['lesson', ...(quick ? ['--quick'] : [])] },
  };
}

/** Processor time as the real strategies take it: none while they wait, one core under a lock. */
function withCpu(record: CellRecord, cells: readonly CellHeader[], waits: boolean): CellRecord {
  const strategy = cells.find(({ id }) => id === record.cell)?.strategy ?? '';
  const { outcome } = record;
  if (outcome.status !== 'measured' || outcome.warm === undefined) return record;
  const oneCore = strategy === 'python-for-loop' || strategy === 'python-threads';
  if (!waits && !oneCore) return record;
  const cpuNs = outcome.warm.samplesNs[0] * (waits ? 0.01 : 1);
  return { ...record, outcome: { ...outcome, warm: { ...outcome.warm, cpuNs } } };
}

function changed(model: StrategyModel, factor: number, needs: string | undefined): StrategyModel {
  const times = (cost: StrategyModel['place']) =>
    cost && ((shape: Parameters<typeof cost>[0]) => factor * cost(shape));
  const [place, collect] = [times(model.place), times(model.collect)];
  return {
    ...model,
    compute: (shape) => factor * model.compute(shape),
    ...(place && collect ? { place, collect } : {}),
    ...(needs !== undefined && model.program !== undefined
      ? { notApplicable: () => `skipped: needs ${needs}`, needs }
      : {}),
  };
}

/** Lessons that have between them everything that one can lack. */
export const madeUpLessons: readonly [string, MadeUp][] = [
  ['made up', {}],
  ['few rounds, quick', { rounds: 2, quick: true }],
  ['without Python', { needs: 'Python 3.8 or newer (python3 is not here)' }],
  ['interrupted', { only: ['waiting', 'working', 'paying'] }],
  ['on a busy machine with many cores', { cores: 16, othersShare: 0.9 }],
];
