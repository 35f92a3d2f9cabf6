import type { SelfBelow } from '../../catalog/module.js';
import type { CellHeader, RunHeader } from '../../results/format.js';
import type { CellOrder, Sampling } from '../order.js';
import type { Plan } from '../plan.js';
import { pointName } from '../points.js';
import { type Both, type SideName, sideNames, splitCell, twinCell } from './side.js';

/**
 * Shorter series than bench's: rounds are the unit of every comparison, and a cell's start costs more than its samples,
 * so that the time goes into rounds.
 */
export const gateSampling: Sampling = {
  least: { short: 5, middle: 2 },
  warmupMs: 20,
  warmMs: 60,
  stagesMs: 10,
  residentMs: 40,
  naturalMs: 5,
};

/** A cell that both sides have, measured one right after the other in every round. */
export interface CellPair {
  readonly base: string;
  readonly head: string;
}

export interface TwinPlan {
  /** Both plans as one, for `measure`: cells are `base:c1`, `head:c1`. */
  readonly plan: Plan;
  /** Cells of the one plan that belong together. */
  readonly pairs: readonly CellPair[];
  /** Cells of the one plan that only one side can run: measured too, since they may answer wrongly. */
  readonly alone: readonly string[];
  /** What the results file of each side begins with. */
  readonly headers: Both<RunHeader>;
  sideOf(cell: string): SideName;
}

/** Two plans of the same scenario as one job. `selves`: what 'breakeven' is to the plug-ins of each side. */
export function twinPlan(plans: Both<Plan>, job: string, selves: Partial<Both<SelfBelow>> = {}): TwinPlan {
  const cells = sideNames.flatMap((side) =>
    plans[side].header.cells.map((cell) => ({ ...cell, id: twinCell(side, cell.id) })),
  );
  const runnable = cells.filter(({ notApplicable }) => notApplicable === undefined);
  const header: RunHeader = { ...plans.base.header, cells };
  const pairs = pairsOf(plans);
  const paired = new Set(pairs.flatMap(({ base, head }) => [base, head]));
  const orders = new Map<string, CellOrder>();
  return {
    plan: {
      header,
      runnable,
      findChangedCode: () => plans.base.findChangedCode?.() ?? plans.head.findChangedCode?.(),
      add: () => Promise.reject(new Error('a comparison measures the points of its scenario and no others')),
      order: (id) => {
        const known = orders.get(id);
        if (known !== undefined) return known;
        const { side, cell } = splitCell(id);
        const self = selves[side];
        const order: CellOrder = {
          ...plans[side].order(cell),
          cell: id,
          sampling: gateSampling,
          ...(self === undefined ? {} : { self }),
        };
        orders.set(id, order);
        return order;
      },
    },
    pairs,
    alone: runnable.map(({ id }) => id).filter((id) => !paired.has(id)),
    headers: {
      base: { ...plans.base.header, interleaved: { job, side: 'base' } },
      head: { ...plans.head.header, interleaved: { job, side: 'head' } },
    },
    sideOf: (cell) => splitCell(cell).side,
  };
}

function pairsOf(plans: Both<Plan>): CellPair[] {
  const key = ({ strategy, point }: CellHeader) => `${strategy} ${pointName(point)}`;
  const heads = new Map(plans.head.runnable.map((cell) => [key(cell), cell.id]));
  return plans.base.runnable.flatMap((cell) => {
    const head = heads.get(key(cell));
    return head === undefined ? [] : [{ base: twinCell('base', cell.id), head: twinCell('head', head) }];
  });
}
