import { describe, expect, it } from 'vitest';
import { exampleResults } from '../../../test/support/synthetic.js';
import type { RunState, Turn } from '../measure.js';
import { type Pair, type PairsOptions, pairsPlanner } from './pairs.js';

const pairs: readonly Pair[] = [1, 2, 3, 4].map((n) => ({ base: `base:c${n}`, head: `head:c${n}` }));
const { header, records } = exampleResults();
const [measured] = records;

/** Every turn that a planner asks for, a second each. */
function measureAll(options: PairsOptions): { readonly turns: Turn[]; readonly because: readonly string[] } {
  const planner = pairsPlanner(pairs, options);
  const turns: Turn[] = [];
  for (;;) {
    const state: RunState = {
      header,
      records: turns.map((turn, order) => ({ ...measured, ...turn, order, elapsedMs: 1_000 })),
      elapsedMs: 1_000 * turns.length,
    };
    const step = planner.next(state);
    if (step.kind === 'stop') return { turns, because: step.because };
    if (step.kind === 'measure') turns.push(...step.turns);
  }
}

const inRound = (turns: readonly Turn[], round: number) => turns.filter((turn) => turn.round === round);

describe('pairs of cells', () => {
  const { turns } = measureAll({ rounds: 6, alone: ['head:c9'] });

  it('are measured one right after the other, each once per round', () => {
    for (let round = 0; round < 6; round++) {
      const cells = inRound(turns, round)
        .map(({ cell }) => cell)
        .filter((cell) => cell !== 'head:c9');
      expect([...cells].sort()).toEqual(pairs.flatMap(({ base, head }) => [base, head]).sort());
      for (let i = 0; i < cells.length; i += 2) expect(cells[i].slice(5)).toBe(cells[i + 1].slice(5));
    }
  });

  it('begin with either side, in another order each round', () => {
    const first = turns.filter((_, i) => i % 2 === 0).map(({ cell }) => cell.slice(0, 4));
    expect(new Set(first)).toEqual(new Set(['base', 'head']));
    const orders = [0, 1, 2, 3].map((round) => JSON.stringify(inRound(turns, round).map(({ cell }) => cell)));
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  it('leave a cell that one side alone has after one round', () => {
    expect(turns.filter(({ cell }) => cell === 'head:c9')).toEqual([{ cell: 'head:c9', round: 0 }]);
  });
});

describe('pairs with a time', () => {
  it('go on while one is open, and stop when all are settled', () => {
    const settled = ({ records: done }: RunState) =>
      new Set(pairs.filter((_, i) => done.length >= (i < 2 ? 32 : 40)));
    const { turns, because } = measureAll({ rounds: 8, maxTimeMs: 1e6, settled });
    expect(inRound(turns, 4)).toHaveLength(4);
    expect(because).toEqual(['Every pair is settled.']);
  });

  it('get four rounds whatever was settled before', () => {
    const { turns } = measureAll({ rounds: 8, maxTimeMs: 1e6, settled: () => new Set(pairs) });
    expect(turns).toHaveLength(32);
  });

  it('stop before a round that would not fit, and say so', () => {
    const { turns, because } = measureAll({ rounds: 8, maxTimeMs: 50_000, settled: () => new Set() });
    expect(turns).toHaveLength(48);
    expect(because).toEqual(['The time was up after 6 rounds; 4 cells were still open.']);
  });
});
