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
  return labelsOf(map, table.header.margin);
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
      reason: 'key "k1", index 7 (in 1 of 8 rounds)',
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
