import { pointKey } from '../../contract/axes.js';
import type { SelfBelow } from '../../plugins/module.js';
import type { CellHeader, CellRecord, EndRecord, RunHeader } from '../../results/format.js';
import type { Journal } from '../../results/journal.js';
import type { EarlierLine } from '../measure.js';
import { type CellOrder, type Sampling, tokenSampling } from '../order.js';
import type { Plan } from '../plan.js';

/**
 * Shorter series than bench's: rounds are the unit of every comparison, and a cell's start costs more than its samples,
 * so that the time goes into rounds.
 */
export const gateSampling: Sampling = {
  least: { short: 5, middle: 2 },
  warmupMs: 20,
  warmMs: 120,
  stagesMs: 10,
  residentMs: 40,
  ...tokenSampling,
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
export function twinPlan(
  plans: Both<Plan>,
  job: string,
  selves: Partial<Both<SelfBelow>> = {},
  duet = false,
): TwinPlan {
  const inDuet = duet ? ({ duet: true } as const) : {};
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
      base: { ...plans.base.header, interleaved: { job, side: 'base', ...inDuet } },
      head: { ...plans.head.header, interleaved: { job, side: 'head', ...inDuet } },
    },
    sideOf: (cell) => splitCell(cell).side,
  };
}

function pairsOf(plans: Both<Plan>): CellPair[] {
  const key = ({ strategy, point }: CellHeader) => `${strategy} ${pointKey(point)}`;
  const heads = new Map(plans.head.runnable.map((cell) => [key(cell), cell.id]));
  return plans.base.runnable.flatMap((cell) => {
    const head = heads.get(key(cell));
    return head === undefined ? [] : [{ base: twinCell('base', cell.id), head: twinCell('head', head) }];
  });
}

/** One of two runs that are measured in one job. */
export type SideName = 'base' | 'head';

export const sideNames: readonly SideName[] = ['base', 'head'];

export type Both<T> = Readonly<Record<SideName, T>>;

/** Cells of both sides have the same ids: in the one job they are told apart by the side before them. */
function twinCell(side: SideName, cell: string): string {
  return `${side}:${cell}`;
}

export function splitCell(cell: string): { readonly side: SideName; readonly cell: string } {
  const at = cell.indexOf(':');
  return { side: cell.slice(0, at) as SideName, cell: cell.slice(at + 1) };
}

/** One journal for `measure`, two results files on disk: each line goes to its side, the end to both. */
export function twinJournal(journals: Both<Journal>): Journal {
  return {
    path: journals.base.path,
    goOn: journals.base.goOn,
    append: (line) => {
      if (line.type === 'cell') {
        const { side, cell } = splitCell(line.cell);
        journals[side].append({ ...line, cell });
      } else if (line.type === 'end') {
        for (const side of sideNames) journals[side].append(line);
      } else throw new Error(`a comparison writes no line "${line.type}"`);
    },
    close: () => {
      for (const side of sideNames) journals[side].close();
    },
  };
}

/** The lines of both files as the one job wrote them: `order` counts over both. */
export function earlierLines(lines: Both<readonly EarlierLine[]>): EarlierLine[] {
  const isCell = (line: EarlierLine): line is CellRecord => line.type === 'cell';
  const records = sideNames.flatMap((side) =>
    lines[side].filter(isCell).map((record) => ({ ...record, cell: twinCell(side, record.cell) })),
  );
  const ends = lines.base.filter((line): line is EndRecord => line.type === 'end');
  return [...records.sort((a, b) => a.order - b.order), ...ends];
}
