import { constants, PerformanceObserver } from 'node:perf_hooks';

const forced = constants.NODE_PERFORMANCE_GC_FLAGS_FORCED;

interface Collection {
  /** Milliseconds on `performance.now`'s clock. */
  readonly startTime: number;
  readonly duration: number;
  readonly detail?: unknown;
}

/** This isolate's garbage collections; those that the driver forced do not count. */
export class GcMeter {
  private collections: Collection[] = [];
  private readonly observer = new PerformanceObserver((list) => this.collections.push(...list.getEntries()));

  constructor() {
    this.observer.observe({ entryTypes: ['gc'] });
  }

  /**
   * Nanoseconds of the collections since the last call. V8 tells of a collection only at a later turn of the event
   * loop: what happened in this turn comes with the next call.
   */
  take(within: (startTime: number) => boolean = () => true): number {
    const taken: Collection[] = [...this.collections, ...this.observer.takeRecords()];
    this.collections = [];
    let totalNs = 0;
    for (const { startTime, duration, detail } of taken) {
      const { flags } = detail as { flags: number };
      if ((flags & forced) === 0 && within(startTime)) totalNs += duration * 1e6;
    }
    return totalNs;
  }
}
