import { describe, expect, it } from 'vitest';
import { simulatedPlan } from '../../../test/support/simulated/plan.js';
import { exampleRun } from '../../../test/support/synthetic.js';
import type { Outcome } from '../../results/format.js';
import type { MachineWatch } from '../machine/watch.js';
import type { CellOrder } from '../order.js';
import { duetParts, findDuets } from './duet.js';
import { twinPlan } from './plan.js';

const [loop] = exampleRun.strategies;
const pool = exampleRun.strategies.find(({ label }) => label === 'worker-threads');
if (pool === undefined) throw new Error('the example has no pool');
const plan = await simulatedPlan({ strategies: [loop, pool], sweeps: [{ keys: [8], length: [1_000] }] });
const twin = twinPlan({ base: plan, head: plan }, 'job', {}, true);
const { header } = twin.plan;
const { signal } = new AbortController();
const measured = { status: 'measured' } as Outcome;

/** Cells that are at work, and the most that ever were at once; a cell takes a turn of the loop. */
function recorder(outcomeOf: (order: CellOrder) => Outcome = () => measured) {
  const began: string[] = [];
  const now = new Set<string>();
  let most = 0;
  let looks = 0;
  return {
    began,
    most: () => most,
    parts: {
      executor: {
        run: async (order: CellOrder) => {
          began.push(`${order.cell} ${order.round}`);
          now.add(order.cell);
          most = Math.max(most, now.size);
          await new Promise((resolve) => setImmediate(resolve));
          now.delete(order.cell);
          return outcomeOf(order);
        },
      },
      watch: { cellStarts: () => {}, cellEnded: () => ({ spinNs: ++looks }) } satisfies MachineWatch,
    },
  };
}

/** As `measure` asks. */
async function ask({ executor, watch }: ReturnType<typeof duetParts>, cell: string, round: number) {
  watch.cellStarts();
  const outcome = await executor.run({ ...twin.plan.order(cell), round }, signal);
  return { outcome, machine: watch.cellEnded() };
}

describe('a duet', () => {
  const duets = findDuets(header, twin.pairs);

  it('is for single threads that fit into memory together', () => {
    expect(duets).toEqual([{ base: 'base:c1', head: 'head:c1' }]);
    expect(twin.headers.head.interleaved).toEqual({ job: 'job', side: 'head', duet: true });
    const small = { ...header, host: { ...header.host, memoryBytes: 1 } };
    expect(findDuets(small, twin.pairs)).toEqual([]);
    const program = header.strategies.map((strategy) => ({ ...strategy, home: 'program' as const }));
    expect(findDuets({ ...header, strategies: program }, twin.pairs)).toEqual([]);
  });

  it('runs both sides at once, whichever is asked for first, and each once in a round', async () => {
    const { parts, began, most } = recorder((order) => ({ status: 'measured', of: order.cell }) as never);
    const duet = duetParts(parts, duets, twin.plan.order);
    for (const [first, second, round] of [
      ['base:c1', 'head:c1', 0],
      ['head:c1', 'base:c1', 1],
    ] as const) {
      const [one, other] = [await ask(duet, first, round), await ask(duet, second, round)];
      expect([one.outcome, other.outcome]).toMatchObject([{ of: first }, { of: second }]);
      // What was seen of the machine while both ran.
      expect(other.machine).toBe(one.machine);
    }
    expect(began).toEqual(['base:c1 0', 'head:c1 0', 'head:c1 1', 'base:c1 1']);
    expect(most()).toBe(2);
  });

  it('leaves pools one after the other', async () => {
    const { parts, most } = recorder();
    const duet = duetParts(parts, duets, twin.plan.order);
    const looks = [await ask(duet, 'base:c2', 0), await ask(duet, 'head:c2', 0)];
    expect(most()).toBe(1);
    expect(looks[0].machine).not.toEqual(looks[1].machine);
  });

  it('is over where one side failed: the other does not run beside a cell that is tried no more', async () => {
    const { parts, began } = recorder(({ cell }) =>
      cell === 'head:c1' ? { status: 'wrong', message: '' } : measured,
    );
    const duet = duetParts(parts, duets, twin.plan.order);
    await ask(duet, 'base:c1', 0);
    expect((await ask(duet, 'head:c1', 0)).outcome.status).toBe('wrong');
    await ask(duet, 'base:c1', 1);
    expect(began).toEqual(['base:c1 0', 'head:c1 0', 'base:c1 1']);
  });

  it('waits for both before it throws', async () => {
    let isDone = false;
    const { parts } = recorder();
    const executor = {
      run: async ({ cell }: CellOrder) => {
        if (cell === 'base:c1') throw new Error('the data is gone');
        await new Promise((resolve) => setTimeout(resolve, 20));
        isDone = true;
        return measured;
      },
    };
    const duet = duetParts({ ...parts, executor }, duets, twin.plan.order);
    await expect(ask(duet, 'base:c1', 0)).rejects.toThrow('the data is gone');
    expect(isDone).toBe(true);
  });
});
