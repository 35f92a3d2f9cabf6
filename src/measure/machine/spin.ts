import { fileURLToPath } from 'node:url';
import { RunError } from '../../contract/errors.js';
import { runInPlace } from '../../process/in-place.js';
import { nowNs } from '../../workers/span-log.js';

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

/** How far equal work in fresh processes differs; shares, 0.01 is 1 %. */
export interface NoiseFloor {
  readonly processes: number;
  readonly medianMs: number;
  /** Median distance from the median: what to expect of a single measurement. */
  readonly deviation: number;
  /** From the fastest to the slowest. */
  readonly range: number;
}

/** `processes` times about `ms` of fixed work, each in a fresh process, one after another. */
export function measureNoise(processes = 10, ms = 100): NoiseFloor {
  const steps = stepsFor(ms);
  const entry = fileURLToPath(new URL('./noise-main.js', import.meta.url));
  return noiseOf(Array.from({ length: processes }, () => timeOne(entry, steps)));
}

function timeOne(entry: string, steps: number): number {
  const end = runInPlace([process.execPath, entry, String(steps)]);
  if (end.kind === 'exited' && end.code === 0) return Number(end.stdout);
  const how =
    end.kind === 'killed'
      ? `ended by ${end.signal}`
      : end.kind === 'exited'
        ? `ended with exit code ${end.code}`
        : `could not be started: ${end.cause.message}`;
  throw new RunError(
    `a process that measures the noise of this machine ${how}: ` +
      'does the machine refuse processes or memory? Raise the limit (ulimit -u, the container), and try again.',
  );
}

export function noiseOf(timesNs: readonly number[]): NoiseFloor {
  const middle = median(timesNs);
  return {
    processes: timesNs.length,
    medianMs: middle / 1e6,
    deviation: median(timesNs.map((ns) => Math.abs(ns - middle))) / middle,
    range: (Math.max(...timesNs) - Math.min(...timesNs)) / middle,
  };
}

/** The count is fixed once, here: "until the clock says so" would measure nothing. */
function stepsFor(ms: number): number {
  const tried = 5_000_000;
  timed(tried);
  return Math.round((tried * ms * 1e6) / timed(tried));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
