import { describe, expect, it } from 'vitest';
import { type StrategyModel, type SyntheticRun, syntheticResults } from '../../results/synthetic.js';
import { analyse } from '../analyse.js';

const forLoop: StrategyModel = {
  label: 'for-loop',
  family: 'serial',
  compute: ({ elements }) => 10 * elements,
};
const pool: StrategyModel = {
  label: 'worker-threads',
  family: 'threads',
  compute: ({ elements }) => 6 * elements,
};
const sweeps = [{ keys: [1000, 2000] }];

function ids(more: Partial<SyntheticRun>): string[] {
  const results = syntheticResults({ sweeps, strategies: [forLoop, pool], noise: { cell: 0.01 }, ...more });
  return analyse(results, { draws: 200 }).findings.map(({ id }) => id);
}

describe('doubts', () => {
  it('are silent about a run without faults', () => {
    expect(ids({})).toEqual([]);
  });

  it.each<[string, Partial<SyntheticRun>]>([
    ['quick-run', { quick: true }],
    ['few-rounds', { rounds: 5 }],
    ['first-round-slower', { noise: { cell: 0.01, firstRound: 0.2 } }],
    ['drift-over-rounds', { noise: { cell: 0.01, drift: 0.2 } }],
    ['timer-too-coarse', { host: { clockStepNs: 1e6 } }],
    ['more-workers-than-cores', { sweeps: [{ keys: [1000], workers: [2, 8] }] }],
    ['wide-intervals', { noise: { cell: 0.3 } }],
    ['speed-up-above-workers', { strategies: [forLoop, { ...pool, compute: ({ elements }) => elements }] }],
    ['interrupted', { stopAfter: 20 }],
    [
      'cells-crashed',
      { outcome: (_, __, round) => (round === 2 ? { status: 'crashed', message: 'died' } : undefined) },
    ],
  ])('say %s', (id, fault) => {
    expect(ids(fault)).toContain(id);
  });

  it('say so when a crossover lies in a wide bracket', () => {
    const late: StrategyModel = { ...forLoop, label: 'wasm-simd', family: 'vectorized', compute: () => 20e6 };
    expect(ids({ sweeps: [{ keys: [1000, 4000] }], strategies: [forLoop, late] })).toContain(
      'bracket-too-wide',
    );
  });

  it('look at collection and memory of each record', () => {
    const results = syntheticResults({ sweeps, strategies: [forLoop, pool] });
    const records = results.records.map((record) =>
      record.outcome.status === 'measured'
        ? {
            ...record,
            outcome: {
              ...record.outcome,
              peakBytes: 1e12,
              warm: { ...record.outcome.warm, gcNs: record.outcome.warm.samplesNs[0] / 2 },
            },
          }
        : record,
    );
    const found = analyse({ ...results, records }, { draws: 10 }).findings.map(({ id }) => id);
    expect(found).toEqual(expect.arrayContaining(['garbage-collection', 'memory-above-estimate']));
  });
});
