import { describe, expect, it } from 'vitest';
import { type StrategyModel, syntheticResults } from '../../../test/support/synthetic.js';
import { analyse } from '../../analysis/analyse.js';
import { plainText } from '../../document/words.js';
import type { Results } from '../../results/format.js';
import { accountOf } from '../lookup.js';
import { winnersTable } from './winners.js';

const loop: StrategyModel = { label: 'for-loop', family: 'serial', compute: ({ keys }) => 1e6 * keys };
const pool: StrategyModel = { ...loop, label: 'worker-threads', family: 'threads', compute: () => 5e5 };

/** Every tenth call of all takes eleven times as long: twice as long in the mean, nothing in the median. */
function withSlowCalls(results: Results): Results {
  const records = results.records.map((record) => {
    const { outcome } = record;
    if (outcome.status !== 'measured' || outcome.warm === undefined) return record;
    const { samplesNs: before, meanNs: _, ...warm } = outcome.warm;
    const samplesNs = Array.from({ length: 100 }, (_, i) => before[0] * (i % 10 === 5 ? 11 : 1));
    return { ...record, outcome: { ...outcome, warm: { ...warm, samplesNs, passes: 1 } } };
  });
  return { ...results, records };
}

function toMicroseconds(text: string): number {
  return Number.parseFloat(text) * (text.includes('µs') ? 1 : 1_000);
}

describe('the table of an account', () => {
  const results = withSlowCalls(syntheticResults({ sweeps: [{ keys: [1, 2] }], strategies: [loop, pool] }));
  const shown = (version: 2 | 3) => {
    const analysis = analyse({ ...results, header: { ...results.header, version } }, { draws: 10 });
    const { columns, rows } = winnersTable(analysis, accountOf(analysis, 'warm'));
    const heads = columns.map(({ head }) => plainText(head));
    return rows.map((row) => new Map(row.map((cell, i) => [heads[i], plainText(cell)])));
  };

  it('has the typical call beside the mean, and the slowest in a hundred where calls are many', () => {
    for (const row of shown(3)) {
      const [mean, typical, slow] = ['its time', 'a typical call', '1 call in 100 takes longer than'].map(
        (head) => toMicroseconds(row.get(head) ?? ''),
      );
      expect(mean / typical).toBeCloseTo(2, 1);
      expect(slow / typical).toBeCloseTo(11, 0);
    }
  });

  it('has neither for older files, whose calls are no life', () => {
    expect([...shown(2)[0].keys()]).not.toContain('a typical call');
  });
});
