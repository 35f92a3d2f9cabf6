import { nowNs } from '../cell/clock.js';

/** About 1 ms on a processor of 2020; it never changes, or figures of two versions could not be compared. */
const shortSteps = 400_000;

/**
 * The time of a fixed amount of work: how fast the processor's clock is just now. The least of a few, since a
 * preemption only ever adds to it. 3 to 4 ms in all.
 */
export function spinNs(): number {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 4; turn++) least = Math.min(least, timed(shortSteps));
  return Math.round(least);
}

/** A fixed count of dependent steps, in ns: no compiler or processor can run two at once. */
export function timed(steps: number): number {
  const from = nowNs();
  // A sink that is used: dead code would be optimised away.
  if (chain(steps) === 0) throw new Error('xorshift never reaches 0');
  return nowNs() - from;
}

/** Marsaglia's xorshift32. */
function chain(steps: number): number {
  let state = 0x9e3779b9 | 0;
  for (let step = 0; step < steps; step++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
  }
  return state;
}
