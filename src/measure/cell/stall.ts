import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** The longest time in which the main thread's event loop could not turn: a server would have stood still so long. */
export class StallMeter {
  private longest = 0;

  /** `resolutionMs`: how often the loop is asked; what is shorter is not seen. */
  constructor(private readonly resolutionMs: number) {}

  /**
   * Watches a call, or several with a tick between them. A monitor sees what lies between two of its ticks: it is let
   * tick before and after, and is a new one each time, since it would count what lay in between, too.
   */
  async around<T>(call: () => Promise<T>): Promise<T> {
    const delay = monitorEventLoopDelay({ resolution: this.resolutionMs });
    delay.enable();
    await this.tick();
    try {
      return await call();
    } finally {
      await this.tick();
      delay.disable();
      this.longest = Math.max(this.longest, delay.max);
    }
  }

  /** Nanoseconds, of all calls so far. A tick that comes late by less than twice the resolution says nothing. */
  get longestNs(): number {
    return Math.max(0, this.longest - this.resolutionMs * 2e6);
  }

  tick(): Promise<void> {
    return sleep(this.resolutionMs * 2);
  }
}
