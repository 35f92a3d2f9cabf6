import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { RunError } from '../../contract/errors.js';
import { timed } from './spin.js';

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
  try {
    return Number(
      execFileSync(process.execPath, [entry, String(steps)], { encoding: 'utf8', stdio: 'pipe' }),
    );
  } catch (cause) {
    const { signal, status } = cause as { readonly signal?: string; readonly status?: number };
    throw new RunError(
      `a process that measures the noise of this machine ended ${signal ? `by ${signal}` : `with exit code ${status ?? 'unknown'}`}: ` +
        'does the machine refuse processes or memory? Raise the limit (ulimit -u, the container), and try again.',
      { cause },
    );
  }
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
