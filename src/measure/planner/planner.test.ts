import { describe, expect, it } from 'vitest';
import { type StrategyModel, type SyntheticRun, syntheticResults } from '../../../test/support/synthetic.js';
import { analyse } from '../../analysis/analyse.js';
import type { RunState, Turn } from '../measure.js';
import { budgetPlanner } from './budget.js';
import { openQuestions, openRegions } from './open.js';
import { pricesOf } from './prices.js';
import { everyRound } from './rounds.js';
import { settlingPlanner } from './settling.js';

const strategy = (
  label: string,
  family: StrategyModel['family'],
  compute: StrategyModel['compute'],
): StrategyModel => ({ label, family, importNs: 0, compute });

const strategies = [
  strategy('for-loop', 'serial', ({ keys }) => 10_000 * keys),
  strategy('wasm-simd', 'vectorized', ({ keys }) => 6_000 * keys),
  strategy('child-process', 'processes', ({ keys }) => 90_000 * keys),
];

function withStages(model: StrategyModel): StrategyModel {
  return { ...model, place: () => 0, collect: () => 0 };
}

/** A run after so many rounds of eight. */
function stateAfter(rounds: number, more: Partial<SyntheticRun> = {}): RunState {
  const { header, records } = syntheticResults({ strategies, sweeps: [{ keys: [8, 16] }], ...more });
  const done = records.filter((record) => record.round < rounds);
  return { header, records: done, elapsedMs: done.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0) };
}

function namesOf(turns: readonly Turn[], { header }: RunState): Set<string> {
  const names = turns.map(({ cell }) => header.cells.find(({ id }) => id === cell)?.strategy ?? '');
  return new Set(names);
}

function nextTurns(
  planner: { next: ReturnType<typeof everyRound>['next'] },
  state: RunState,
): readonly Turn[] {
  const step = planner.next(state);
  return step.kind === 'measure' ? step.turns : [];
}

describe('round after round', () => {
  it('measures every cell once, in an order that seed and round decide alone', () => {
    const first = nextTurns(everyRound(), stateAfter(0));
    expect(new Set(first.map(({ cell }) => cell)).size).toBe(6);
    expect(nextTurns(everyRound(), stateAfter(0))).toEqual(first);
    expect(nextTurns(everyRound(), stateAfter(1)).map(({ cell }) => cell)).not.toEqual(
      first.map(({ cell }) => cell),
    );
  });

  it('ends after the rounds of the header', () => {
    expect(everyRound().next(stateAfter(8))).toEqual({ kind: 'stop', because: [] });
  });
});

describe('the settling planner', () => {
  it('stops beaten cells after four rounds and goes on with the yardsticks', () => {
    const [three, four] = [stateAfter(3), stateAfter(4)];
    expect(namesOf(nextTurns(settlingPlanner(), three), three)).toContain('child-process');
    expect(namesOf(nextTurns(settlingPlanner(), four), four)).toEqual(new Set(['for-loop', 'wasm-simd']));
  });

  it('goes on with the resident account alone where a cell is beaten in the others', () => {
    const pool: StrategyModel = {
      ...strategy('worker-threads', 'threads', ({ keys }) => 6_000 * keys),
      place: ({ keys }) => 90_000 * keys,
      collect: ({ keys }) => 90_000 * keys,
    };
    const state = stateAfter(4, { strategies: [strategies[0], withStages(strategies[1]), pool] });
    const turns = nextTurns(settlingPlanner(), state).filter(({ only }) => only === 'resident');
    expect(namesOf(turns, state)).toEqual(new Set(['worker-threads']));
    expect(turns.length).toBe(2);
  });

  it('never stops for-loop or the best single-thread strategy, however slow they are', () => {
    const fastPool = strategy('worker-threads', 'threads', ({ keys }) => 500 * keys);
    const state = stateAfter(4, { strategies: [...strategies, fastPool] });
    const names = namesOf(nextTurns(settlingPlanner(), state), state);
    expect(names).toEqual(new Set(['for-loop', 'wasm-simd', 'worker-threads']));
  });

  it('decides after a resume as it would have in one go', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const unbroken = settlingPlanner();
      for (let rounds = 0; rounds <= 8; rounds++) {
        const state = stateAfter(rounds, { seed, noise: { cell: 0.1 } });
        expect(settlingPlanner().next(state)).toEqual(unbroken.next(state));
      }
    }
  });

  it('says how many cells it stopped', () => {
    const state = stateAfter(8);
    expect(settlingPlanner().next(state)).toMatchObject({
      kind: 'stop',
      because: [expect.stringContaining('2 cells were measured in fewer rounds: clearly slower')],
    });
  });
});

describe('the budget planner', () => {
  it('goes on with the resident account alone of what is many times slower in the others', () => {
    const pool: StrategyModel = {
      ...strategy('worker-threads', 'threads', ({ keys }) => 6_000 * keys),
      place: ({ keys }) => 90_000 * keys,
      collect: ({ keys }) => 90_000 * keys,
    };
    const state = stateAfter(2, { strategies: [strategies[0], withStages(strategies[1]), pool] });
    const turns = nextTurns(budgetPlanner({ budgetMs: 3_600_000 }), state);
    expect(turns.filter(({ only }) => only === 'resident').length).toBe(2);
    expect(turns.length).toBe(6);
  });

  it('begins with a pilot round, a cell at a time until prices are known', () => {
    const step = budgetPlanner({ budgetMs: 60_000 }).next(stateAfter(0));
    expect(step).toMatchObject({ kind: 'measure', turns: [{ round: 0 }] });
  });

  it('stops in the pilot with a sentence where nothing more fits', () => {
    const step = budgetPlanner({ budgetMs: 1 }).next({
      ...stateAfter(1),
      records: stateAfter(1).records.slice(1),
    });
    expect(step).toMatchObject({
      kind: 'stop',
      because: [expect.stringContaining('The budget ended before')],
    });
  });

  it('adds points a factor of 2 apart around a crossover whose bracket is wide', () => {
    const pool = strategy('worker-threads', 'threads', ({ keys }) => 400_000 + 4_000 * keys);
    const state = stateAfter(8, { strategies: [strategies[0], pool], sweeps: [{ keys: [8, 1_024] }] });
    const step = budgetPlanner({ budgetMs: 3_600_000 }).next(state);
    if (step.kind !== 'add points') throw new Error(`it should add points, but: ${step.kind}`);
    const [low, high] = step.points.map(({ keys }) => Number(keys));
    expect(low).toBeLessThan(67);
    expect(high).toBeGreaterThan(67);
    expect(high / low).toBeLessThan(2.1);
    expect(step.because).toContain('more than a factor of 2 apart');
  });

  it('asks by how much where who is faster is known, and a region is not', () => {
    const close = strategy('wasm-simd', 'vectorized', ({ keys }) => 9_570 * keys);
    const state = stateAfter(8, { strategies: [strategies[0], close], noise: { cell: 0.008 } });
    const analysis = analyse({ ...state, notes: [] }, { draws: 100 });
    expect(openQuestions(analysis).filter(({ name }) => name.startsWith('warm'))).toEqual([]);
    const names = openRegions(analysis).map(({ name }) => name);
    expect(names).toContainEqual(expect.stringMatching(/^warm, keys \d+: .* or .*, by more than 5 %$/));
    expect(nextTurns(budgetPlanner({ budgetMs: 3_600_000 }), state).length).toBeGreaterThan(0);
  });

  it('ends with a sentence when every question is settled', () => {
    const step = budgetPlanner({ budgetMs: 3_600_000 }).next(stateAfter(8, { noise: { cell: 0.001 } }));
    expect(step).toMatchObject({
      kind: 'stop',
      because: [expect.stringContaining('Every question of this run is settled.')],
    });
  });

  it('ends with each open question and about how much more time it needs', () => {
    const twin = strategy('typed-array', 'vectorized', ({ keys }) => 6_100 * keys);
    const state = stateAfter(8, { strategies: [...strategies, twin], noise: { cell: 0.15 } });
    const step = budgetPlanner({ budgetMs: state.elapsedMs + 1 }).next(state);
    expect(step).toMatchObject({ kind: 'stop' });
    if (step.kind === 'stop')
      expect(step.because.join('\n')).toMatch(/Open: .*; (about \d+ (s|min) more|no time)/);
  });
});

describe('what a question needs', () => {
  it('is more rounds the noisier the cells are', () => {
    const needs = (cell: number) =>
      Math.max(
        0,
        ...openQuestions(analyse({ ...stateAfter(4, { noise: { cell } }), notes: [] }, { draws: 100 })).map(
          (question) => question.needs,
        ),
      );
    expect(needs(0.001)).toBe(0);
    expect(needs(0.5)).toBeGreaterThan(4);
  });
});

describe('prices', () => {
  it("are the mean of a cell's own rounds", () => {
    const state = stateAfter(2);
    const own = state.records.filter(({ cell }) => cell === 'c1').map(({ elapsedMs }) => elapsedMs);
    expect(pricesOf(state).of('c1')).toBeCloseTo((own[0] + own[1]) / 2);
    expect(pricesOf(state).all(['c1', 'c1'])).toBeCloseTo(own[0] + own[1]);
  });

  it('of a cell that was never measured are those of the same strategy at the nearest size', () => {
    const state = stateAfter(2);
    const without = { ...state, records: state.records.filter(({ cell }) => cell !== 'c3') };
    // c3 and c6 are child-process at 8 and 16 keys.
    expect(pricesOf(without).of('c3')).toBe(pricesOf(without).of('c6'));
  });
});
