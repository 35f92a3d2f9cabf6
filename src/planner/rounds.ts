import type { Planner, RunState, Turn } from '../measure/planner.js';
import { doneTurns, runnable, shuffledRound, turnKey } from './turns.js';

/** Every cell once per round, as many rounds as the header says, each round in an order of its own. */
export function everyRound(): Planner {
  return byRounds((round, state) => shuffledRound(runnable(state), state.header.seed, round));
}

/** Round after round, as `turnsOf` says; what is done of a round already is left out. */
export function byRounds(
  turnsOf: (round: number, state: RunState) => readonly Turn[],
  because: () => readonly string[] = () => [],
): Planner {
  const leftOf = (round: number, state: RunState): Turn[] => {
    const done = doneTurns(state);
    return turnsOf(round, state).filter((turn) => !done.has(turnKey(turn)));
  };
  // Rounds are done one after another, and what is done stays done: never looked through again from the first one.
  let from = 0;
  const open = (state: RunState): { round: number; turns: readonly Turn[] } | undefined => {
    for (; from < state.header.rounds; from++) {
      const turns = leftOf(from, state);
      if (turns.length > 0) return { round: from, turns };
    }
    return undefined;
  };
  return {
    next: (state) => {
      const turns = open(state)?.turns;
      return turns === undefined ? { kind: 'stop', because: because() } : { kind: 'measure', turns };
    },
    left: (state) => {
      const now = open(state);
      if (now === undefined) return [];
      const times = state.header.rounds - now.round - 1;
      const later = times === 0 ? [] : turnsOf(now.round + 1, state);
      return [...now.turns, ...later.map((turn) => ({ ...turn, times }))];
    },
  };
}
