import type { Outcome, RunHeader } from '../../results/format.js';
import type { MachineWatch } from '../machine/watch.js';
import type { Executor } from '../measure.js';
import type { CellOrder } from '../order.js';
import type { CellPair } from './plan.js';

/*
 * Duets: both sides of a pair at the same time, each on a core of its own, so that what a shared machine does hits both
 * in the same moment and cancels in their ratio. Bulej et al., "Duet benchmarking: improving measurement accuracy in the
 * cloud", ICPE 2020. Only for strategies of one thread: two pools at once would take each other's cores.
 */

/** The driver waits meanwhile, and needs no core. */
export const leastDuetCores = 2;

/** Two cells at once may take so much of the machine's memory; each alone was planned for 80 %. */
const largestShare = 0.8;

export interface DuetParts {
  readonly executor: Executor;
  readonly watch: MachineWatch;
}

/** Pairs whose both sides may run at the same time: they compute on one thread of Node, and fit into memory together. */
export function findDuets(header: RunHeader, pairs: readonly CellPair[]): CellPair[] {
  const cells = new Map(header.cells.map((cell) => [cell.id, cell]));
  const strategies = new Map(header.strategies.map((strategy) => [strategy.label, strategy]));
  return pairs.filter(({ base, head }) => {
    const both = [base, head].flatMap((id) => cells.get(id) ?? []);
    const bytes = both.reduce((sum, { estimatedBytes }) => sum + estimatedBytes, 0);
    return (
      bytes <= largestShare * header.host.memoryBytes &&
      both.every(({ strategy }) => {
        const { parallel, onWorkers, home } = strategies.get(strategy) ?? { parallel: true };
        return !parallel && onWorkers !== true && home !== 'program';
      })
    );
  });
}

/**
 * An executor that measures both cells of a duet when the first of them is asked for, and hands out the other outcome when
 * that is asked for in its turn. A pair of which one failed plays no duet any more: the other one would run alone, and the
 * two rounds would not be alike. `watch` says of the second what it saw of both.
 */
export function duetParts(
  solo: DuetParts,
  duets: readonly CellPair[],
  orderOf: (cell: string) => CellOrder,
): DuetParts {
  const partners = new Map(duets.flatMap(({ base, head }) => [[base, head] as const, [head, base] as const]));
  const measured = new Map<string, Outcome>();
  const keyOf = (cell: string, round = 0) => `${cell} ${round}`;
  let isHandedOut = false;
  let seen: ReturnType<MachineWatch['cellEnded']> | undefined;

  const runBoth = async (order: CellOrder, partner: string, signal: AbortSignal): Promise<Outcome> => {
    const { round = 0 } = order;
    const both = [order, { ...orderOf(partner), cell: partner, round }];
    const ended = await Promise.allSettled(both.map((each) => solo.executor.run(each, signal)));
    const [own, other] = ended.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
    if (own.status !== 'measured' || other.status !== 'measured')
      for (const cell of [order.cell, partner]) partners.delete(cell);
    measured.set(keyOf(partner, round), other);
    return own;
  };
  return {
    executor: {
      run: async (order, signal) => {
        const key = keyOf(order.cell, order.round);
        const known = measured.get(key);
        measured.delete(key);
        isHandedOut = known !== undefined;
        if (known !== undefined) return known;
        const partner = partners.get(order.cell);
        return partner === undefined ? solo.executor.run(order, signal) : runBoth(order, partner, signal);
      },
    },
    watch: {
      cellStarts: () => solo.watch.cellStarts(),
      cellEnded: () => {
        const now = solo.watch.cellEnded();
        // Between two looks that follow each other at once there is nothing to see.
        if (!isHandedOut || seen === undefined) seen = now;
        return seen;
      },
    },
  };
}
