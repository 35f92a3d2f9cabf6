import { describe, expect, it } from 'vitest';
import { simulatedPlan } from '../../../test/support/simulated/plan.js';
import { exampleRun } from '../../../test/support/synthetic.js';
import type { JournalLine } from '../../results/format.js';
import { earlierLines, gateSampling, twinJournal, twinPlan } from './plan.js';

const sweeps = [{ keys: [8], length: [1_000, 4_000] }];
const [loop, tasks, packed] = exampleRun.strategies;
const plans = {
  base: await simulatedPlan({ strategies: [loop, tasks], sweeps }),
  head: await simulatedPlan({ strategies: [packed, loop], sweeps }),
};
const selves = { head: { under: 'file:///head/', self: 'file:///head/dist/src/index.js' } };

describe('two plans as one job', () => {
  const twin = twinPlan(plans, 'job', selves);

  it('pair what both sides have by strategy and point, whatever its id, and name the rest', () => {
    expect(twin.pairs).toEqual([
      { base: 'base:c1', head: 'head:c2' },
      { base: 'base:c3', head: 'head:c4' },
    ]);
    expect(twin.alone).toEqual(['base:c2', 'base:c4', 'head:c1', 'head:c3']);
  });

  it('order each cell from its side, with the same short series', () => {
    const order = twin.plan.order('head:c2');
    expect(order).toMatchObject({
      cell: 'head:c2',
      label: 'for-loop',
      sampling: gateSampling,
      self: selves.head,
    });
    expect(twin.plan.order('base:c1')).toMatchObject({ label: 'for-loop', sampling: gateSampling });
    expect(twin.plan.order('base:c1').self).toBeUndefined();
  });

  it('leave two headers that know of one another', () => {
    expect(twin.headers.base.interleaved).toEqual({ job: 'job', side: 'base' });
    expect(twin.headers.head.cells.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3', 'c4']);
  });
});

describe('the journal of such a job', () => {
  const memory = () => {
    const lines: JournalLine[] = [];
    return { lines, path: '', append: (line: JournalLine) => void lines.push(line), close: () => {} };
  };
  const record = (cell: string, order: number) =>
    ({
      type: 'cell',
      cell,
      round: 0,
      order,
      startedMs: 0,
      elapsedMs: 1,
      outcome: { status: 'skipped', message: '' },
    }) as const;
  const end = { type: 'end', status: 'finished', elapsedMs: 3, because: [] } as const;

  it('gives each side its own lines under its own ids, and puts them together again for a resumed job', () => {
    const [base, head] = [memory(), memory()];
    const journal = twinJournal({ base, head });
    const all = [record('head:c2', 0), record('base:c1', 1), record('base:c3', 2), end];
    for (const line of all) journal.append(line);
    expect(base.lines).toEqual([record('c1', 1), record('c3', 2), end]);
    expect(head.lines).toEqual([record('c2', 0), end]);
    const lines = { base: base.lines, head: head.lines } as Parameters<typeof earlierLines>[0];
    expect(earlierLines(lines)).toEqual(all);
  });
});
