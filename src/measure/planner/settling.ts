import { analyseAccount } from '../../analysis/account.js';
import { baselineLabel } from '../../analysis/group.js';
import { accounts, tableOf } from '../../analysis/table.js';
import type { Analysis, CellAnalysis, PointAnalysis } from '../../analysis/types.js';
import type { Planner, RunState, Turn } from '../measure.js';
import { byRounds, runnable, shuffledRound } from './rounds.js';

/** Who is out follows from times and intervals in closed form: the fewest draws will do. */
const draws = 2;

/**
 * Every cell once per round, in a shuffled order, as many rounds as the header says; but a strategy that is clearly
 * out at a point stops there, or goes on in the resident account alone. What that saves are rounds that could not change
 * any answer.
 *
 * Who has stopped before a round follows from the records of the rounds before it alone, so that a resumed run decides
 * as the unbroken one did.
 */
export function settlingPlanner(): Planner {
  const decided: Out[] = [{ wholly: new Set(), butResident: new Set() }];
  const outBefore = (round: number, state: RunState): Out => {
    for (let next = decided.length; next <= round; next++) {
      const before = decided[next - 1];
      // A round that lies ahead: whoever is out so far is out for the rest.
      if (!isComplete(next - 1, state, before.wholly)) return before;
      const records = state.records.filter((record) => record.round < next);
      const table = tableOf({ header: state.header, records, notes: [] }, draws);
      // Without lines: crossovers, as all else that the report adds, decide nothing here.
      const analysed = accounts.map((account) => analyseAccount(table, account, []));
      const out = outCells({ header: state.header, accounts: analysed }, certainlyOut);
      decided.push({
        wholly: new Set([...before.wholly, ...out.wholly]),
        butResident: new Set([...before.butResident, ...out.butResident]),
      });
    }
    return decided[round];
  };
  return byRounds(
    (round, state) => {
      const { wholly, butResident } = outBefore(round, state);
      return shuffledRound(runnable(state), state.header.seed, round)
        .filter(({ cell }) => !wholly.has(cell))
        .map((turn) => butOnlyResident(turn, butResident));
    },
    () => saying(decided.at(-1)),
  );
}

function isComplete(round: number, state: RunState, stopped: ReadonlySet<string>): boolean {
  const done = new Set(state.records.filter((record) => record.round === round).map(({ cell }) => cell));
  return runnable(state).every((cell) => done.has(cell) || stopped.has(cell));
}

function saying(out: Out | undefined): string[] {
  const stopped = out?.wholly ?? new Set();
  const half = [...(out?.butResident ?? [])].filter((cell) => !stopped.has(cell)).length;
  return [
    ...(stopped.size === 0
      ? []
      : [
          `${were(stopped.size)} measured in fewer rounds: clearly slower than the fastest at that point, in every account.`,
        ]),
    ...(half === 0
      ? []
      : [
          `${were(half)} measured in fewer rounds in the one-shot and warm accounts, being clearly slower there, and in all rounds in the resident one.`,
        ]),
  ];
}

function were(cells: number): string {
  return cells === 1 ? '1 cell was' : `${cells} cells were`;
}

/** When a cell is clearly out: this many rounds, and so much slower than the fastest, in every account. */
interface OutRule {
  readonly rounds: number;
  readonly by: number;
  /** Compare the near ends of the intervals, not the estimates. */
  readonly byInterval: boolean;
}

/** Four rounds give a loser an interval of its own; more of them tell nothing. */
const certainlyOut: readonly OutRule[] = [{ rounds: 4, by: 1.25, byInterval: true }];

/** Where time is short: what is many times slower need not be known exactly. One round alone has no error at all. */
export const hopelesslyOut: readonly OutRule[] = [
  { rounds: 2, by: 4, byInterval: false },
  { rounds: 3, by: 2, byInterval: false },
  ...certainlyOut,
];

/**
 * Where a run stops at answers: whoever seems behind waits. If two rounds do not show it surely, it may be the best for all
 * that is known, its field is open, and it gets the rounds that the question takes.
 */
export const seeminglyOut: readonly OutRule[] = [{ rounds: 2, by: 1.5, byInterval: false }, ...certainlyOut];

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
