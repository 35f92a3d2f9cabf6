import { leastRounds } from '../analysis/estimate.js';
import type { Planner } from '../measure/planner.js';

/**
 * A planner of rounds that begins no further round once so much time has passed, but gives every cell the rounds that
 * an interval needs.
 */
export function timeCap(inner: Planner, untilMs: number): Planner {
  return {
    next: (state) => {
      const step = inner.next(state);
      if (step.kind !== 'measure' || state.elapsedMs < untilMs) return step;
      const round = Math.min(...step.turns.map((turn) => turn.round));
      if (round < leastRounds) return step;
      return {
        kind: 'stop',
        because: [
          `Stopped after ${round} of ${state.header.rounds} rounds: the time for this part was over.`,
        ],
      };
    },
    left: (state) => inner.left(state),
  };
}
