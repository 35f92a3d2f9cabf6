import { analyse } from '../analysis/analyse.js';
import type { Planner, RunState } from '../measure/planner.js';
import { certainlyOut, outCells } from './out.js';
import { byRounds } from './rounds.js';
import { runnable, shuffledRound } from './turns.js';

/** Enough draws for a decision that leaves a wide margin; the report takes more. */
const draws = 200;

/**
 * Every cell once per round, in a shuffled order, as many rounds as the header says; but a strategy that is clearly
 * out at a point stops there. What that saves are rounds that could not change any answer.
 *
 * Who has stopped before a round follows from the records of the rounds before it alone, so that a resumed run decides
 * as the unbroken one did.
 */
export function settlingPlanner(): Planner {
  const stopped: ReadonlySet<string>[] = [new Set()];
  const stoppedBefore = (round: number, state: RunState): ReadonlySet<string> => {
    for (let next = stopped.length; next <= round; next++) {
      const before = stopped[next - 1];
      // A round that lies ahead: whoever is out so far is out for the rest.
      if (!isComplete(next - 1, state, before)) return before;
      const records = state.records.filter((record) => record.round < next);
      const out = outCells(analyse({ header: state.header, records, notes: [] }, { draws }), certainlyOut);
      stopped.push(new Set([...before, ...out]));
    }
    return stopped[round];
  };
  return byRounds(
    (round, state) => {
      const out = stoppedBefore(round, state);
      return shuffledRound(runnable(state), state.header.seed, round).filter(({ cell }) => !out.has(cell));
    },
    () => saying(stopped.at(-1)?.size ?? 0),
  );
}

function isComplete(round: number, state: RunState, stopped: ReadonlySet<string>): boolean {
  const done = new Set(state.records.filter((record) => record.round === round).map(({ cell }) => cell));
  return runnable(state).every((cell) => done.has(cell) || stopped.has(cell));
}

function saying(stopped: number): string[] {
  if (stopped === 0) return [];
  const cells = stopped === 1 ? '1 cell was' : `${stopped} cells were`;
  return [
    `${cells} measured in fewer rounds: clearly slower than the fastest at that point, in every account.`,
  ];
}
