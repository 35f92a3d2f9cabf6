import { analyse } from '../analysis/analyse.js';
import { type Planner, type RunState, runnableCells, type Turn } from '../measure/planner.js';
import { doneTurns, keyOf, shuffledRound } from '../measure/rounds.js';
import { outCells } from './out.js';

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
    const known = stopped[round];
    if (known !== undefined) return known;
    const records = state.records.filter((record) => record.round < round);
    const out = outCells(analyse({ header: state.header, records, notes: [] }, { draws }));
    stopped[round] = new Set([...stoppedBefore(round - 1, state), ...out]);
    return stopped[round];
  };
  const turnsOf = (round: number, { header }: RunState, out: ReadonlySet<string>): Turn[] =>
    shuffledRound(
      runnableCells(header).map(({ id }) => id),
      header.seed,
      round,
    ).filter(({ cell }) => !out.has(cell));

  return {
    next: (state) => {
      const done = doneTurns(state);
      for (let round = 0; round < state.header.rounds; round++) {
        const turns = turnsOf(round, state, stoppedBefore(round, state)).filter(
          (turn) => !done.has(keyOf(turn)),
        );
        if (turns.length > 0) return { kind: 'measure', turns };
      }
      return { kind: 'stop', because: saying(stopped.at(-1)?.size ?? 0) };
    },
    left: (state) => {
      const done = doneTurns(state);
      // Whoever is out so far is out for the rest.
      const rounds = Array.from({ length: state.header.rounds }, (_, round) =>
        turnsOf(round, state, stopped[round] ?? stopped.at(-1) ?? new Set()),
      );
      return rounds.flat().filter((turn) => !done.has(keyOf(turn)));
    },
  };
}

function saying(stopped: number): string[] {
  if (stopped === 0) return [];
  const cells = stopped === 1 ? '1 cell was' : `${stopped} cells were`;
  return [
    `${cells} measured in fewer rounds: clearly slower than the fastest at that point, in every account.`,
  ];
}
