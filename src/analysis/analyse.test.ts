import { describe, expect, it } from 'vitest';
import {
  exampleResults,
  type StrategyModel,
  type SyntheticRun,
  syntheticResults,
} from '../../test/support/synthetic.js';
import type { Claim } from '../contract/scenario.js';
import { analyse } from './analyse.js';
import type { Analysis } from './types.js';

const forLoop: StrategyModel = {
  label: 'for-loop',
  family: 'serial',
  place: () => 1,
  compute: ({ elements }) => 10 * elements,
  collect: () => 1,
};
const wasm: StrategyModel = {
  label: 'wasm-simd',
  family: 'vectorized',
  openNs: 3e6,
  place: ({ elements }) => 8 * elements,
  compute: ({ elements }) => 2 * elements,
  collect: ({ elements }) => 8 * elements,
};
const pool: StrategyModel = {
  label: 'worker-threads',
  family: 'threads',
  openNs: 30e6,
  closeNs: 2e6,
  compute: ({ elements }) => 4 * elements,
  run: ({ elements }) => 6 * elements,
};
const sweeps = [{ keys: [1000, 2000] }];
const run = (more: Partial<SyntheticRun>): Analysis =>
  analyse(syntheticResults({ sweeps, strategies: [forLoop, wasm, pool], noise: { cell: 0.01 }, ...more }));

describe('analyse', () => {
  it('gives the same bytes for the same results', () => {
    expect(JSON.stringify(analyse(exampleResults()))).toBe(JSON.stringify(analyse(exampleResults())));
  });

  it('holds finite numbers only, as JSON has no others', () => {
    const numbers: number[] = [];
    JSON.stringify(analyse(exampleResults()), (_, value: unknown) => {
      if (typeof value === 'number') numbers.push(value);
      return value;
    });
    expect(numbers.every(Number.isFinite)).toBe(true);
  });

  it('phases of a first session add up to its time, however much rounds differ', () => {
    const [oneShot] = run({ noise: { cell: 0.8 } }).accounts.filter(({ account }) => account === 'one-shot');
    for (const { state, details } of oneShot.points.flatMap(({ cells }) => cells)) {
      const sum = Object.values(details.phasesNs).reduce((a, b) => a + b, 0);
      expect(state.kind === 'measured' && sum / state.time.value).toBeCloseTo(1, 9);
    }
  });

  it('takes an empty record, an interrupted run, a single strategy, and a run without for-loop', () => {
    const empty = run({ stopAfter: 0 });
    expect([empty.rounds, empty.interrupted]).toEqual([0, true]);
    expect(empty.accounts.every(({ points }) => points.every(({ label }) => label.kind === 'nobody'))).toBe(
      true,
    );
    expect(empty.findings[0]).toMatchObject({ id: 'nothing-measured', severity: 'blocker' });

    const cut = run({ stopAfter: 4 });
    const states = cut.accounts[1].points.flatMap(({ cells }) => cells.map(({ state }) => state.kind));
    expect(states.filter((kind) => kind === 'missing')).toHaveLength(2);
    expect(cut.findings.map(({ id }) => id)).toContain('interrupted');

    const alone = run({ strategies: [wasm] });
    expect(alone.accounts[1].crossovers).toEqual([]);
    expect(alone.breakEven).toEqual([]);

    const without = run({ strategies: [wasm, pool] });
    expect(without.accounts[1].points[0].cells[0].ratioToForLoop).toBeUndefined();
    expect(without.accounts[1].points[0].cells[1].speedUp?.value).toBeCloseTo(3, 1);
  });

  it('takes the best single-thread strategy for a speed-up, and for-loop for the ratio to it', () => {
    const { cells, bestSingleThread } = run({}).accounts[1].points[0];
    const [, , workers] = cells;
    expect(bestSingleThread).toBe('for-loop');
    expect(workers.speedUp?.value).toBeCloseTo(10 / 6, 1);
    expect(workers.ratioToForLoop?.value).toBeCloseTo(10 / 6, 1);
    expect(cells[0].speedUp?.value).toBe(1);
  });

  it('chooses the best single-thread strategy again in each draw', () => {
    // Two that are equally fast: the interval of a speed-up against a fixed one of them would be that of a pair.
    const twin = { ...wasm, compute: forLoop.compute, place: forLoop.place, collect: forLoop.collect };
    const { cells } = run({ strategies: [forLoop, twin, pool], noise: { cell: 0.1 } }).accounts[1].points[0];
    const [first, second] = cells;
    for (const { speedUp } of [first, second]) {
      expect(speedUp?.interval?.low).toBeLessThan(0.98);
      expect(speedUp?.interval?.high).toBe(1);
    }
  });

  it('takes cells with different numbers of rounds', () => {
    const { cells, label } = run({
      outcome: (strategy, _point, round) =>
        strategy === 'wasm-simd' && round > 4 ? { status: 'skipped', message: 'clearly out' } : undefined,
    }).accounts[1].points[0];
    expect(cells.map(({ state }) => (state.kind === 'measured' ? state.time.rounds : 0))).toEqual([8, 5, 8]);
    expect(label).toMatchObject({ kind: 'winner', strategy: 'worker-threads' });
  });
});

describe('break-even in uses', () => {
  // At 2,000 keys of 1,000: for-loop 20 ms, pool 12 ms warm; opening and closing cost 32 ms.
  const found = run({}).breakEven;
  const one = (kind: string, strategy: string) =>
    found.filter((x) => x.kind === kind && x.strategy === strategy);

  it('of opening a pool is its cost over the gain per run', () => {
    const all = one('opening', 'worker-threads');
    expect(all.map(({ point }) => point)).toEqual([{ keys: 1000 }, { keys: 2000 }]);
    const [, { uses, against }] = all;
    expect(against).toBe('for-loop');
    expect(uses).toMatchObject({ kind: 'after', uses: { value: 4, interval: { low: 4 } } });
  });

  it('of packing is place and collect over the gain per compute', () => {
    // 16 ns per element to move, 8 gained by each pass: two passes, give or take the noise.
    const [, { uses, costNs, gainNs }] = one('packing', 'wasm-simd');
    expect(costNs.value / 32e6).toBeCloseTo(1, 1);
    expect(gainNs.value / 16e6).toBeCloseTo(1, 1);
    expect(uses.kind === 'after' ? uses.uses.interval : {}).toEqual({ low: 2, high: 3 });
  });

  it('is "never" where each use loses, and "undecided" where the gain may be none', () => {
    expect(one('opening', 'wasm-simd')[0].uses).toEqual({ kind: 'never' });
    const equal = run({ strategies: [forLoop, { ...pool, run: forLoop.compute }] }).breakEven;
    expect(equal.find(({ kind }) => kind === 'opening')?.uses).toEqual({ kind: 'undecided' });
  });
});

describe('a claim', () => {
  const verdict = (claim: Partial<Claim>, more: Partial<SyntheticRun> = {}) => {
    const whole: Claim = {
      says: '',
      account: 'warm',
      faster: 'parallel',
      than: 'for-loop',
      where: {},
      ...claim,
    };
    const [{ status, because }] = run({ claims: [whole], ...more }).claims;
    return { status, because };
  };

  it('is confirmed where every matching point says so, with its numbers', () => {
    const { status, because } = verdict({ where: { keys: [1000] } });
    expect(status).toBe('confirmed');
    expect(because).toMatchObject({
      kind: 'measured',
      tests: [{ one: 'worker-threads', other: 'for-loop', found: { kind: 'as fast' } }],
    });
    expect(verdict({ faster: 'wasm-simd', account: 'resident' }).status).toBe('confirmed');
  });

  it('is refuted where every point says the opposite, or the same', () => {
    expect(verdict({ faster: 'vectorized' })).toMatchObject({
      status: 'refuted',
      because: { kind: 'measured', tests: [{ found: { kind: 'as long' } }, { found: { kind: 'as long' } }] },
    });
    const same = { ...wasm, label: 'async-tasks', family: 'concurrent' as const, run: forLoop.compute };
    expect(verdict({ faster: 'async-tasks' }, { strategies: [forLoop, same] }).status).toBe('refuted');
  });

  it('is undecided where points differ', () => {
    const turning = { ...pool, run: ({ keys }: { keys: number }) => (keys > 1500 ? 5e6 : 50e6) };
    expect(verdict({}, { strategies: [forLoop, turning] }).status).toBe('undecided');
  });

  it('is not testable without a point, a strategy, an account, or the cores that it speaks of', () => {
    expect(verdict({ where: { keys: [7] } }).because).toEqual({ kind: 'no point' });
    expect(verdict({ faster: 'gpu' }).because).toEqual({ kind: 'did not take part', who: ['gpu'] });
    expect(verdict({ account: 'resident' }).because).toEqual({ kind: 'not measured', who: ['parallel'] });
    expect(verdict({ faster: 'worker-threads', than: 'for-loop', cores: 16 }).status).toBe('confirmed');
    const losing = { strategies: [forLoop, { ...pool, run: () => 1e9 }] };
    expect(verdict({ cores: 16 }, losing).because).toMatchObject({ kind: 'measured', coresMissing: true });
    expect(verdict({ cores: 2 }, losing).status).toBe('refuted');
  });
});
