import { nextInt32, randomState } from '../dictionary/random.js';
import { type Planner, type RunState, runnableCells, type Turn } from './planner.js';

/** Every cell once per round, as many rounds as the header says, each round in an order of its own. */
export function everyRound(): Planner {
  const turnsFrom = (round: number, { header }: RunState): Turn[] =>
    round >= header.rounds
      ? []
      : shuffledRound(
          runnableCells(header).map(({ id }) => id),
          header.seed,
          round,
        );
  return {
    next: (state) => {
      const turns = unfinishedRound(state, turnsFrom);
      return turns.length > 0 ? { kind: 'measure', turns } : { kind: 'stop', because: [] };
    },
    left: (state) => {
      const done = doneTurns(state);
      const rounds = Array.from({ length: state.header.rounds }, (_, round) => turnsFrom(round, state));
      return rounds.flat().filter((turn) => !done.has(keyOf(turn)));
    },
  };
}

/** One round's turns in an order that depends on seed and round alone: a resumed run goes on in the same order. */
export function shuffledRound(cells: readonly string[], seed: number, round: number): Turn[] {
  const random = randomState(seed * 1_000 + round);
  const order = [...cells];
  // Fisher and Yates.
  for (let last = order.length - 1; last > 0; last--) {
    const pick = (nextInt32(random) >>> 0) % (last + 1);
    [order[last], order[pick]] = [order[pick], order[last]];
  }
  return order.map((cell) => ({ cell, round }));
}

/** What is left of the first round that is not complete. */
function unfinishedRound(state: RunState, turnsFrom: (round: number, state: RunState) => Turn[]): Turn[] {
  const done = doneTurns(state);
  for (let round = 0; round < state.header.rounds; round++) {
    const turns = turnsFrom(round, state).filter((turn) => !done.has(keyOf(turn)));
    if (turns.length > 0) return turns;
  }
  return [];
}

export function doneTurns({ records }: RunState): ReadonlySet<string> {
  return new Set(records.map(keyOf));
}

export function keyOf({ cell, round }: Turn): string {
  return `${cell} ${round}`;
}
