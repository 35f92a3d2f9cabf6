import { describe, expect, it } from 'vitest';
import { type StrategyModel, type SyntheticRun, syntheticResults } from '../../test/support/synthetic.js';
import { analyse } from './analyse.js';
import { labelsOf } from './label.js';
import { tableOf } from './table.js';
import type { Label } from './types.js';

const serial = (label: string, perElementNs: number): StrategyModel => ({
  label,
  family: 'serial',
  importNs: 0,
  compute: ({ elements }) => perElementNs * elements,
});

function labels(run: SyntheticRun): Label[] {
  // By what `analyse` calls, and nothing else of it: hundreds of runs are asked. Labels need no draws.
  const table = tableOf(syntheticResults(run), 2);
  const map = table.points.map((point) => table.at('warm', point));
  return labelsOf(map, table.header);
}

const sweeps = [{ keys: [4, 8, 16, 32] }];

describe('the label of a point', () => {
  it('names the fastest where its interval against every other excludes 1', () => {
    const found = labels({ sweeps, strategies: [serial('a', 10), serial('b', 5), serial('c', 7)] });
    expect(found).toEqual(found.map(() => expect.objectContaining({ kind: 'winner', strategy: 'b' })));
    const [first] = found;
    expect(first.kind === 'winner' ? first.lead.value : 0).toBeCloseTo(1.4, 1);
  });

  it('is "same" where all at the front lie within the margin of each other', () => {
    const strategies = [serial('a', 5), serial('b', 5.05), serial('c', 9)];
    const [first] = labels({ sweeps: [{ keys: [8] }], strategies, noise: { cell: 0.005 } });
    expect(first).toEqual({ kind: 'same', strategies: ['a', 'b'] });
  });

  it('is "undecided" where the noise hides the difference', () => {
    const strategies = [serial('a', 5), serial('b', 5.2), serial('c', 50)];
    const [first] = labels({ sweeps: [{ keys: [8] }], strategies, noise: { cell: 0.1 } });
    expect(first.kind).toBe('undecided');
    expect(first.kind === 'undecided' ? [...first.strategies].sort() : []).toEqual(['a', 'b']);
  });

  it('names no winner below four rounds, however clear', () => {
    const [first] = labels({ sweeps, rounds: 3, strategies: [serial('a', 5), serial('b', 50)] });
    expect(first.kind).toBe('undecided');
  });

  it('names no winner in a race of one, and none where nothing was measured', () => {
    expect(labels({ sweeps, strategies: [serial('a', 5)] })[0]).toEqual({ kind: 'nobody' });
    expect(labels({ sweeps, stopAfter: 0, strategies: [serial('a', 5), serial('b', 6)] })[0].kind).toBe(
      'nobody',
    );
  });

  it('leaves out a cell that was wrong in one round, though it is the fastest', () => {
    const run: SyntheticRun = {
      sweeps: [{ keys: [8] }],
      strategies: [serial('a', 10), serial('fast-and-wrong', 1), serial('c', 20)],
      outcome: (strategy, _point, round) =>
        strategy === 'fast-and-wrong' && round === 3
          ? { status: 'wrong', message: 'key "k1", index 7' }
          : undefined,
    };
    expect(labels(run)[0]).toMatchObject({ kind: 'winner', strategy: 'a' });
    const { cells } = analyse(syntheticResults(run), { draws: 10 }).accounts[1].points[0];
    expect(cells[1].state).toEqual({
      kind: 'failed',
      how: 'wrong',
      reason: 'key "k1", index 7',
      in: { rounds: 1, of: 8 },
    });
    expect(cells[1].speedUp).toBeUndefined();
  });

  it('lets a cell over its limit lose to a time below the bound', () => {
    const run: SyntheticRun = {
      sweeps: [{ keys: [8] }],
      strategies: [serial('a', 10), serial('slow', 1e9)],
      outcome: (strategy) =>
        strategy === 'slow'
          ? { status: 'limit', limit: 'time', message: 'over 30 s', boundNs: 30e9 }
          : undefined,
    };
    const [oneShot] = analyse(syntheticResults(run)).accounts;
    expect(oneShot.points[0].label).toMatchObject({ kind: 'winner', strategy: 'a' });
    expect(oneShot.points[0].cells[1].state).toEqual({ kind: 'bound', overNs: 30e9, reason: 'over 30 s' });
  });

  it('names a false winner anywhere in a map of six equal strategies in under 5 % of maps', () => {
    const strategies = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => serial(name, 5));
    let falseMaps = 0;
    for (let seed = 0; seed < 100; seed++) {
      const found = labels({ sweeps, strategies, seed, noise: { cell: 0.05, round: 0.05 } });
      if (found.some(({ kind }) => kind === 'winner')) falseMaps++;
    }
    expect(falseMaps).toBeLessThan(5);
  });

  it('names a false winner in about 5 % of maps of two equal strategies, and not in 5 % of their points', () => {
    let falseMaps = 0;
    for (let seed = 0; seed < 200; seed++) {
      const found = labels({
        sweeps,
        strategies: [serial('a', 5), serial('b', 5)],
        seed,
        noise: { cell: 0.1 },
      });
      if (found.some(({ kind }) => kind === 'winner')) falseMaps++;
    }
    expect(falseMaps).toBeLessThan(18);
  });
});

describe('a strategy that runs the loop again', () => {
  const tasks: StrategyModel = { ...serial('async-tasks', 5.01), family: 'concurrent' };
  const strategies = [serial('for-loop', 5), tasks, serial('typed-array', 5.6)];
  const noisy = { sweeps, strategies, noise: { cell: 0.04 } };

  it('is no rival of it on work that computes: the loop stands for both', () => {
    expect(labels({ ...noisy, rounds: 30 })).toEqual(
      sweeps[0].keys.map(() => expect.objectContaining({ kind: 'winner', strategy: 'for-loop' })),
    );
  });

  it('is one where the kernel waits, and where nobody else takes part', () => {
    const kinds = (run: Partial<SyntheticRun>) =>
      labels({ ...noisy, ...run }).flatMap((label) => ('strategies' in label ? [label.strategies] : []));
    for (const run of [{ kind: 'wait' as const }, { strategies: strategies.slice(0, 2) }]) {
      const named = kinds(run);
      expect(named.length).toBeGreaterThan(0);
      expect(named.flat()).toContain('async-tasks');
    }
  });
});

describe('a run on a budget', () => {
  it('needs more for a winner, since its rounds go on until the answer is clear', () => {
    const strategies = [serial('for-loop', 5), serial('typed-array', 5.45)];
    const decided = (more: { budgetMs?: number }) =>
      Array.from({ length: 20 }, (_, seed) => {
        const results = syntheticResults({ sweeps, strategies, seed: seed + 1, noise: { cell: 0.06 } });
        const header = { ...results.header, ...more };
        const table = tableOf({ ...results, header }, 2);
        const map = table.points.map((point) => table.at('warm', point));
        return labelsOf(map, header).filter(({ kind }) => kind === 'winner').length;
      }).reduce((sum, count) => sum + count, 0);
    expect(decided({ budgetMs: 60_000 })).toBeLessThan(0.8 * decided({}));
  });
});
