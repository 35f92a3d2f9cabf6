import type { Results } from '../../src/results/format.js';
import type { Disturbance } from '../../test/support/simulated/disturbance.js';
import type { Figure } from '../figures/figure.js';
import { type Change, strategyNames } from './model.js';
import { comparison, type Way } from './pairs.js';
import { recorded } from './recorded-noise.js';
import { shareText } from './share.js';

const cases: readonly {
  readonly name: string;
  readonly way: Way;
  /** How long the strategy takes on head, as a factor. */
  readonly factor: number;
  disturbance(seed: number): Disturbance;
}[] = [
  { name: 'twice as fast, interleaved', way: 'interleaved', factor: 0.5, disturbance: quiet },
  { name: 'as fast as before, until settled', way: 'until settled', factor: 1, disturbance: quiet },
  { name: 'twice as fast, separate', way: 'separate', factor: 0.5, disturbance: quiet },
  {
    name: 'as fast as before, separate, on a machine 2× slower',
    way: 'separate',
    factor: 1,
    disturbance: slow,
  },
];

/** One answer of one strategy is wrong on head, in one cell and round: always red, and named, whatever its speed. */
export async function wrongAnswers(comparisons: number): Promise<Figure[]> {
  const times = Math.max(strategyNames.length, Math.round(comparisons / 20));
  const figures: Figure[] = [];
  for (const { name, way, factor, disturbance } of cases) {
    let named = 0;
    for (let seed = 1; seed <= times; seed++) {
      const strategy = strategyNames[seed % strategyNames.length];
      const change: Change = { strategy, factor, alter: (head) => withWrongAnswer(head, strategy, seed) };
      const { verdict, failures } = await comparison(seed, way, change, {
        base: quiet(seed),
        head: disturbance(seed),
      });
      const wrong = failures.filter(({ how, red }) => how === 'wrong' && red);
      if (verdict === 'regression' && wrong.length === 1 && wrong[0].strategy === strategy) named++;
    }
    figures.push({
      name: `a wrong answer on head, ${name}: red, and it is named`,
      bar: 'always',
      seen: shareText(named, times),
      holds: named === times,
    });
  }
  return figures;
}

function withWrongAnswer(head: Results, strategy: string, seed: number): Results {
  const own = new Set(head.header.cells.flatMap((cell) => (cell.strategy === strategy ? [cell.id] : [])));
  const candidates = head.records.filter(({ cell }) => own.has(cell));
  const chosen = candidates[seed % candidates.length];
  const message = 'key "k1", index 3: expected 1, got 2';
  return {
    ...head,
    records: head.records.map((record) =>
      record === chosen ? { ...record, outcome: { status: 'wrong', message } } : record,
    ),
  };
}

function quiet(seed: number): Disturbance {
  return recorded('quiet', seed);
}

function slow(seed: number): Disturbance {
  return { ...quiet(seed), slowsDown: { by: Math.log(2), atMs: 0 } };
}
