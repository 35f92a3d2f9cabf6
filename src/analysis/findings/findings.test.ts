import { describe, expect, it } from 'vitest';
import { type StrategyModel, type SyntheticRun, syntheticResults } from '../../../test/support/synthetic.js';
import type { MachineRecord } from '../../results/format.js';
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

  it('say that data was in a cache, as was asked or because memory had no room', () => {
    const results = syntheticResults({ sweeps, strategies: [forLoop, pool], noise: { cell: 0.01 } });
    const asked = { ...results, header: { ...results.header, cache: 'warm' as const } };
    expect(analyse(asked, { draws: 10 }).findings).toMatchObject([{ id: 'cache-warm', severity: 'note' }]);
    const [{ cell }] = results.records;
    const records = results.records.map((record) =>
      record.cell === cell && record.outcome.status === 'measured' && record.outcome.warm !== undefined
        ? {
            ...record,
            outcome: {
              ...record.outcome,
              warm: { ...record.outcome.warm, data: 'in cache' as const, dataBecause: 'memory' as const },
            },
          }
        : record,
    );
    expect(analyse({ ...results, records }, { draws: 10 }).findings).toMatchObject([
      { id: 'data-in-cache', severity: 'warning', cells: [cell], facts: { because: 'memory' } },
    ]);
  });

  it('say what share of a call new memory is, where the machine was asked what a page costs', () => {
    const memory = { lowNs: 200, highNs: 900, againNs: 500, givesBack: true };
    const given = { sweeps, strategies: [forLoop, pool], noise: { cell: 0.01 } };
    const results = syntheticResults(given);
    const [{ id, elements }] = results.header.cells;
    // The for-loop takes 10 ns per number: a page in a hundred numbers is half of it.
    const newPages = elements / 100;
    const records = results.records.map((record) =>
      record.cell === id && record.outcome.status === 'measured' && record.outcome.warm !== undefined
        ? { ...record, outcome: { ...record.outcome, warm: { ...record.outcome.warm, newPages } } }
        : record,
    );
    const raised = (host: object) =>
      analyse(
        { ...results, records, header: { ...results.header, host: { ...results.header.host, ...host } } },
        { draws: 10 },
      ).findings.filter((finding) => finding.id === 'new-memory');
    expect(raised({})).toEqual([]);
    const [finding] = raised({ memory });
    expect(finding).toMatchObject({ cells: [id], facts: { strategy: 'for-loop' } });
    expect(finding.id === 'new-memory' && finding.facts.touchShare).toBeCloseTo(0.5, 1);
  });

  it('say so when a crossover lies in a wide bracket', () => {
    const late: StrategyModel = { ...forLoop, label: 'wasm-simd', family: 'vectorized', compute: () => 20e6 };
    expect(ids({ sweeps: [{ keys: [1000, 4000] }], strategies: [forLoop, late] })).toContain(
      'bracket-too-wide',
    );
  });

  it('of winners and crossovers are not raised where strategies are no rivals', () => {
    const late: StrategyModel = { ...pool, compute: ({ elements }) => elements };
    const results = syntheticResults({ sweeps, strategies: [forLoop, late], noise: { cell: 0.01 } });
    const row = { what: 'work', strategy: 'for-loop', of: 'compute', per: 'number' } as const;
    const scenario = { ...results.header.scenario, prices: { alone: true, rows: [row] } } as const;
    const alone = { ...results, header: { ...results.header, scenario } };
    const raised = (run: typeof results) => analyse(run, { draws: 200 }).findings.map(({ id }) => id);
    expect(raised(results)).toContain('speed-up-above-workers');
    expect(raised(alone)).not.toContain('speed-up-above-workers');
  });

  it('look at collection and memory of each record', () => {
    const results = syntheticResults({ sweeps, strategies: [forLoop, pool] });
    const records = results.records.map((record) =>
      record.outcome.status === 'measured' && record.outcome.warm !== undefined
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

describe('the axis of work per list', () => {
  /** A reference that takes so many times what the axis says of its lists. */
  function factors(factor: number, costs: readonly number[] = [100, 1_000]): unknown[] {
    const results = syntheticResults({
      sweeps: [{ keys: [16], cost: costs }],
      strategies: [
        {
          ...forLoop,
          compute: ({ point, keys }) => factor * Number(point.cost) * 1_000 * keys,
          place: () => 1,
          collect: () => 1,
        },
        pool,
      ],
      noise: { cell: 0.01 },
    });
    const calibration = {
      options: { rate: 300 },
      at: '2026-01-01T00:00:00.000Z',
      axis: { option: 'cost', ns: 1_000 },
    };
    const { findings } = analyse({ ...results, header: { ...results.header, calibration } }, { draws: 10 });
    return findings.filter(({ id }) => id === 'work-off-axis').map(({ facts }) => facts);
  }

  it('is doubted where the reference took another time for the same lists', () => {
    expect(factors(1.9)).toEqual([{ option: 'cost', factor: expect.closeTo(1.9, 1) }]);
    expect(factors(0.8)).toEqual([{ option: 'cost', factor: expect.closeTo(0.8, 1) }]);
  });

  it('is believed within 5 %, and where lists have too little work to tell', () => {
    expect(factors(1.03)).toEqual([]);
    expect(factors(1.9, [1, 5])).toEqual([]);
  });
});

describe('doubts about the machine', () => {
  /** A run of a minute per cell, each cell beside the machine that `at` gives for its round. */
  function findings(at: (round: number) => Partial<MachineRecord>, more: Partial<SyntheticRun> = {}) {
    const results = syntheticResults({ sweeps, strategies: [forLoop, pool], noise: { cell: 0.01 }, ...more });
    const records = results.records.map((record) => ({
      ...record,
      machine: { spinNs: 1e6, ...at(record.round) },
    }));
    return analyse({ ...results, records }, { draws: 10 }).findings.map(({ id, severity }) => [id, severity]);
  }

  it('are none on a quiet machine', () => {
    expect(findings(() => ({ othersShare: 0.02, stealShare: 0, load1: 2.4, freeBytes: 4e9 }))).toEqual([]);
  });

  it.each<[string, string, (round: number) => Partial<MachineRecord>]>([
    ['busy-machine', 'warning', () => ({ othersShare: 0.1 })],
    ['busy-machine', 'blocker', () => ({ othersShare: 0.2 })],
    ['busy-machine', 'warning', () => ({ load1: 7 })],
    ['stolen-time', 'warning', () => ({ stealShare: 0.05 })],
    ['stolen-time', 'blocker', () => ({ stealShare: 0.3 })],
    ['throttled-clock', 'warning', (round) => ({ spinNs: 1e6 + 3e4 * round })],
    ['memory-near-limit', 'warning', () => ({ freeBytes: 1e6 })],
  ])('say %s as a %s', (id, severity, at) => {
    expect(findings(at)).toEqual([[id, severity]]);
  });

  it('block nothing where the run is quick and decides nothing anyway', () => {
    expect(findings(() => ({ othersShare: 0.6 }), { quick: true })).toContainEqual([
      'busy-machine',
      'warning',
    ]);
  });

  it('say how many cores a quota leaves, and warn of parts of a core', () => {
    expect(findings(() => ({}), { host: { cores: 4, usableCores: 2 } })).toEqual([
      ['quota-below-cores', 'note'],
    ]);
    expect(findings(() => ({}), { host: { cores: 4, usableCores: 2.5 } })).toEqual([
      ['quota-below-cores', 'warning'],
    ]);
  });
});

describe('doubts about a series', () => {
  /** The first strategy is faster on average; `shape` bends its samples. */
  function judged(shape: (place: number, round: number) => number) {
    const short = [{ keys: [200, 400] }];
    const results = syntheticResults({ sweeps: short, strategies: [forLoop, pool], noise: { cell: 0.01 } });
    const own = new Set(
      results.header.cells.filter(({ strategy }) => strategy === pool.label).map(({ id }) => id),
    );
    const records = results.records.map((record) => {
      if (record.outcome.status !== 'measured' || !own.has(record.cell)) return record;
      const { warm } = record.outcome;
      if (warm === undefined) throw new Error('synthetic records hold every account');
      const samplesNs = warm.samplesNs.map((ns, place) => ns * shape(place, record.round));
      return { ...record, outcome: { ...record.outcome, warm: { ...warm, samplesNs } } };
    });
    return analyse({ ...results, records }, { draws: 10 });
  }

  it.each<[string, (place: number, round: number) => number]>([
    ['series-falling', (place) => (place < 2 ? 2.2 : 1)],
    ['series-rising', (place) => (place > 7 ? 2.2 : 1)],
    ['series-jumping', (place) => (place % 4 === 1 ? 2.5 : 1)],
  ])('say %s, and such a cell does not win on its mean alone', (id, shape) => {
    const { findings, accounts } = judged(shape);
    expect(findings.map((one) => one.id)).toContain(id);
    const warm = accounts.find(({ account }) => account === 'warm');
    expect(warm?.points.map(({ label }) => label.kind)).toEqual(['undecided', 'undecided']);
    expect(warm?.points[0].cells[1].details.settling).toBe(id.replace('series-', ''));
  });

  it('let it win where its slower part wins too', () => {
    const { accounts } = judged((place) => (place < 4 ? 1.2 : 1));
    const warm = accounts.find(({ account }) => account === 'warm');
    expect(warm?.points[0].label).toMatchObject({ kind: 'winner', strategy: pool.label });
  });

  it('say where the mean over all calls and the typical call have different winners', () => {
    // One call in ten takes eleven times as long: twice as long in the mean, nothing in the median.
    const { findings, accounts } = judged((place) => (place === 5 ? 11 : 1));
    const warm = accounts.find(({ account }) => account === 'warm');
    expect(warm?.points[0].label).toMatchObject({ kind: 'winner', strategy: forLoop.label });
    const [time, typicalNs] = [warm?.points[0].cells[1].state, warm?.points[0].cells[1].details.typicalNs];
    const mean = time?.kind === 'measured' ? time.time.value : Number.NaN;
    expect(mean / (typicalNs ?? 0)).toBeCloseTo(2, 5);
    const finding = findings.find(({ id }) => id === 'typical-call-differs');
    expect(finding?.facts).toMatchObject({
      places: [
        { account: 'warm', byMean: forLoop.label, byMedian: pool.label },
        { account: 'warm', byMean: forLoop.label, byMedian: pool.label },
      ],
    });
  });

  it('say that rounds fall into two groups', () => {
    const { findings } = judged((_, round) => (round % 2 === 0 ? 1 : 1.2));
    expect(findings.map(({ id }) => id)).toContain('two-modes');
  });
});
