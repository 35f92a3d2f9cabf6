import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** The longest time in which the main thread's event loop could not turn: a server would have stood still so long. */
export class StallMeter {
  private readonly delay: ReturnType<typeof monitorEventLoopDelay>;

  /** `resolutionMs`: how often the loop is asked; what is shorter is not seen. */
  constructor(private readonly resolutionMs: number) {
    this.delay = monitorEventLoopDelay({ resolution: resolutionMs });
  }

  /** Watches one call. The monitor sees only what lies between two of its ticks: lets it tick before and after. */
  async around<T>(call: () => Promise<T>): Promise<T> {
    this.delay.enable();
    await this.tick();
    try {
      return await call();
    } finally {
      await this.tick();
      this.delay.disable();
    }
  }

  /** Nanoseconds, of all calls so far. A tick that comes late by less than twice the resolution says nothing. */
  get longestNs(): number {
    return Math.max(0, this.delay.max - this.resolutionMs * 2e6);
  }

  private tick(): Promise<void> {
    return sleep(this.resolutionMs * 2);
  }
}
