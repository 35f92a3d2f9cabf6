import { analyse } from '../../src/analysis/analyse.js';
import type { Analysis } from '../../src/analysis/types.js';
import { exampleStrategies, type StrategyModel, type SyntheticRun, syntheticResults } from './synthetic.js';

/* Runs for the tests of the report: each is a time model whose honest answer is known. */

/** The analysis of a synthetic run, with draws enough for a test. */
export function analysed(run: Partial<SyntheticRun>): Analysis {
  return analyse(syntheticResults({ strategies: exampleStrategies, sweeps: [{}], ...run }), { draws: 300 });
}

/** An example strategy by the beginning of its label. */
export function example(start: string, changes: Partial<StrategyModel> = {}): StrategyModel {
  const found = exampleStrategies.find(({ label }) => label.startsWith(start));
  if (found === undefined) throw new Error(`no example strategy starts with ${start}`);
  return { ...found, ...changes };
}

/** Work of all items in ns; the axis `cost` has µs per item. */
const work = ({ point, keys }: { point: SyntheticPoint; keys: number }) => keys * Number(point.cost) * 1000;

type SyntheticPoint = Readonly<Record<string, number | string>>;

/** A for-loop and a pool of two whose messages cost 30 µs per item: parallel pays from 60 µs of work per item on. */
export const workPerItem: readonly StrategyModel[] = [
  { label: 'for-loop', family: 'serial', place: () => 500, collect: () => 500, compute: work },
  {
    label: 'worker-threads',
    family: 'threads',
    openNs: 31e6,
    closeNs: 4e6,
    compute: (shape) => work(shape) / 2,
    run: (shape) => 30e3 * shape.keys + work(shape) / 2,
  },
];

/** Items that wait 50 ms: one after another, at once on one thread, and in a pool. */
export const waits: readonly StrategyModel[] = [
  { label: 'for-loop', family: 'serial', compute: ({ keys }) => keys * 50e6 },
  { label: 'async-tasks', family: 'concurrent', compute: ({ keys }) => 50e6 + keys * 2000 },
  {
    label: 'worker-threads',
    family: 'threads',
    openNs: 31e6,
    compute: () => 50e6,
    run: ({ keys }) => 60e6 + keys * 9000,
  },
];
