import type { Clock } from '../../../src/measure/measure.js';

/** Time that passes only where the simulation says so. */
export interface SimulatedClock extends Clock {
  advance(ms: number): void;
}

/** `startMs`: where a resumed run takes up the time of the one before it. */
export function simulatedClock(startMs = 0): SimulatedClock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
  };
}
