import { readFileSync, writeFileSync } from 'node:fs';
import { constants, PerformanceObserver } from 'node:perf_hooks';

const forced = constants.NODE_PERFORMANCE_GC_FLAGS_FORCED;

interface Collection {
  /** Milliseconds on `performance.now`'s clock. */
  readonly startTime: number;
  readonly duration: number;
  readonly detail?: unknown;
}

/** From `performance.now`'s clock, in ms, to `process.hrtime`'s, in ns. */
const offsetNs = Number(process.hrtime.bigint()) - performance.now() * 1e6;

/** This isolate's garbage collections; those that the driver forced do not count. */
export class GcMeter {
  private collections: Collection[] = [];
  private readonly observer = new PerformanceObserver((list) => this.collections.push(...list.getEntries()));

  constructor() {
    this.observer.observe({ entryTypes: ['gc'] });
  }

  /**
   * Nanoseconds of the collections since the last call. V8 tells of a collection only at a later turn of the event
   * loop: what happened in this turn comes with the next call. `each` is told from when to when, on `process.hrtime`'s
   * clock.
   */
  take(
    within: (startTime: number) => boolean = () => true,
    each: (fromNs: number, toNs: number) => void = () => {},
  ): number {
    const taken: Collection[] = [...this.collections, ...this.observer.takeRecords()];
    this.collections = [];
    let totalNs = 0;
    for (const { startTime, duration, detail } of taken) {
      const { flags } = detail as { flags: number };
      if ((flags & forced) !== 0 || !within(startTime)) continue;
      totalNs += duration * 1e6;
      const fromNs = offsetNs + startTime * 1e6;
      each(fromNs, fromNs + duration * 1e6);
    }
    return totalNs;
  }
}

/** This process's resident high-water mark in bytes (Linux: VmHWM; elsewhere the maximum since the process began). */
export function readPeakBytes(): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1_024;
  } catch {
    // No /proc: not Linux.
  }
  return process.resourceUsage().maxRSS * 1_024;
}

/** Starts the high-water mark again from what is resident now; false where the system cannot. */
export function resetPeak(): boolean {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
    return true;
  } catch {
    return false;
  }
}
