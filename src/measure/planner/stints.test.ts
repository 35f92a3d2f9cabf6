import { describe, expect, it } from 'vitest';
import { syntheticResults } from '../../../test/support/synthetic.js';
import type { RunState } from '../measure.js';
import type { OpenQuestion } from './open.js';
import { pricesOf } from './prices.js';
import { Looks, nextStint } from './stints.js';

const strategies = (['for-loop', 'wasm-simd'] as const).map((label, i) => ({
  label,
  family: i === 0 ? ('serial' as const) : ('vectorized' as const),
  importNs: 0,
  compute: ({ keys }: { readonly keys: number }) => 10_000 * keys,
}));

/** Four cells, c1 and c2 at 8 keys, c3 and c4 at 16, after so many rounds. */
function after(rounds: number): RunState {
  const { header, records } = syntheticResults({ strategies, sweeps: [{ keys: [8, 16] }], rounds: 60 });
  return { header, records: records.filter(({ round }) => round < rounds), elapsedMs: 0 };
}

const question = (more: Partial<OpenQuestion> = {}): OpenQuestion => ({
  key: 'warm 8',
  name: 'warm, keys 8: for-loop or wasm-simd',
  cells: ['c1', 'c2'],
  rounds: 8,
  needs: 20,
  ...more,
});

const means = (state: RunState, leftMs = 3_600_000) => ({
  state,
  prices: pricesOf(state),
  leftMs,
  mostRounds: 200,
});

/** Rounds of each cell in the next stint. */
function stintOf(open: readonly OpenQuestion[], state: RunState, leftMs?: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { cell } of nextStint(new Looks().open(open, state), means(state, leftMs)))
    counts[cell] = (counts[cell] ?? 0) + 1;
  return counts;
}

describe('an open question', () => {
  it('goes on for three quarters of what it was told, all its cells in the same rounds', () => {
    const state = after(8);
    const turns = nextStint(new Looks().open([question()], state), means(state));
    expect(turns.filter(({ cell }) => cell === 'c1').map(({ round }) => round)).toEqual([
      8, 9, 10, 11, 12, 13, 14, 15, 16,
    ]);
    expect(turns.map(({ round }) => round)).toEqual(
      turns.map(({ round }) => round).toSorted((a, b) => a - b),
    );
    expect(turns).toHaveLength(18);
  });

  it('stays open until its stint is over, whatever a look before would find', () => {
    const looks = new Looks();
    expect(looks.open([question()], after(8))).toHaveLength(1);
    expect(looks.open([], after(16))).toMatchObject([{ done: 16, lookAt: 17, toldAt: 20 }]);
    expect(looks.open([], after(17))).toEqual([]);
  });

  it('is told anew at each look', () => {
    const looks = new Looks();
    looks.open([question()], after(8));
    expect(looks.open([question({ rounds: 17, needs: 25 })], after(17))).toMatchObject([
      { done: 17, lookAt: 23, toldAt: 25 },
    ]);
  });

  it('that needs much longer than another waits for it', () => {
    const other = question({ key: 'warm 16', cells: ['c3', 'c4'], needs: 60 });
    expect(stintOf([other, question()], after(8))).toEqual({ c1: 9, c2: 9 });
    expect(stintOf([{ ...other, needs: 28 }, question()], after(8))).toEqual({
      c1: 9,
      c2: 9,
      c3: 15,
      c4: 15,
    });
  });

  it('gets nothing where it cannot be settled in what is left, nor where no time can be named', () => {
    const state = after(8);
    const roundMs = pricesOf(state).all(['c1', 'c2']);
    expect(stintOf([question()], state, 11 * roundMs)).toEqual({});
    expect(stintOf([question({ needs: Number.POSITIVE_INFINITY })], state)).toEqual({});
  });

  it('takes at most half of what is left in one step, since prices are estimates', () => {
    const state = after(8);
    const roundMs = pricesOf(state).all(['c1', 'c2']);
    expect(stintOf([question()], state, 14 * roundMs)).toEqual({ c1: 7, c2: 7 });
  });
});
