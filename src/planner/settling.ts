import { analyseAccount } from '../analysis/account.js';
import { accounts, tableOf } from '../analysis/table.js';
import type { Planner, RunState } from '../measure/planner.js';
import { butOnlyResident, certainlyOut, type Out, outCells } from './out.js';
import { byRounds } from './rounds.js';
import { runnable, shuffledRound } from './turns.js';

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
