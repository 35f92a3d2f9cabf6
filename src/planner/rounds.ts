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
  const rounds = ({ header }: RunState) => Array.from({ length: header.rounds }, (_, round) => round);
  return {
    next: (state) => {
      for (const round of rounds(state)) {
        const turns = leftOf(round, state);
        if (turns.length > 0) return { kind: 'measure', turns };
      }
      return { kind: 'stop', because: because() };
    },
    left: (state) => rounds(state).flatMap((round) => leftOf(round, state)),
  };
}
