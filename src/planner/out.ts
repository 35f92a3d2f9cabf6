import { baselineLabel } from '../analysis/group.js';
import type { Analysis, CellAnalysis, PointAnalysis } from '../analysis/types.js';
import type { Turn } from '../measure/planner.js';

/** When a cell is clearly out: this many rounds, and so much slower than the fastest, in every account. */
export interface OutRule {
  readonly rounds: number;
  readonly by: number;
  /** Compare the near ends of the intervals, not the estimates. */
  readonly byInterval: boolean;
}

/** Four rounds give a loser an interval of its own; more of them tell nothing. */
export const certainlyOut: readonly OutRule[] = [{ rounds: 4, by: 1.25, byInterval: true }];

/** Where time is short: what is many times slower need not be known exactly. One round alone has no error at all. */
export const hopelesslyOut: readonly OutRule[] = [
  { rounds: 2, by: 4, byInterval: false },
  { rounds: 3, by: 2, byInterval: false },
  ...certainlyOut,
];

/**
 * The accounts in which more rounds cannot make a cell win. The baseline and the best single-thread strategy of an account
 * are the yardsticks of every ratio there, and never out.
 */
export interface Out {
  /** Cells that are out in every account that they have. */
  readonly wholly: ReadonlySet<string>;
  /** Cells that are out in every account but resident. */
  readonly butResident: ReadonlySet<string>;
}

export function outCells(
  { header, accounts }: Pick<Analysis, 'header' | 'accounts'>,
  rules: readonly OutRule[],
): Out {
  const baseline = baselineLabel(header);
  const out = new Set<string>();
  const mayWin = new Set<string>();
  const mayWinResident = new Set<string>();
  for (const { account, points } of accounts) {
    for (const point of points) {
      for (const cell of point.cells.filter(({ state }) => state.kind === 'measured')) {
        if (cell.strategy !== baseline && isBehind(cell, point, rules)) out.add(cell.cell);
        else (account === 'resident' ? mayWinResident : mayWin).add(cell.cell);
      }
    }
  }
  const behind = [...out].filter((cell) => !mayWin.has(cell));
  return {
    wholly: new Set(behind.filter((cell) => !mayWinResident.has(cell))),
    butResident: new Set(behind.filter((cell) => mayWinResident.has(cell))),
  };
}

/** The turn, without the accounts in which its cell is out. */
export function butOnlyResident(turn: Turn, butResident: ReadonlySet<string>): Turn {
  return butResident.has(turn.cell) ? { ...turn, only: 'resident' } : turn;
}

function isBehind(cell: CellAnalysis, point: PointAnalysis, rules: readonly OutRule[]): boolean {
  if (cell.state.kind !== 'measured') return false;
  if (cell.strategy === point.bestSingleThread) return false;
  const { time } = cell.state;
  const rivals = point.cells.flatMap(({ state }) => (state.kind === 'measured' ? [state.time] : []));
  return rules.some(({ rounds, by, byInterval }) => {
    if (time.rounds < rounds || (byInterval && time.interval === undefined)) return false;
    const low = byInterval ? (time.interval?.low ?? time.value) : time.value;
    return rivals.some(({ interval, value }) => low > by * (byInterval ? (interval?.high ?? value) : value));
  });
}
