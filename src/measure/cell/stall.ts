import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** The longest time in which the main thread's event loop could not turn: a server would have stood still so long. */
export class StallMeter {
  private readonly delay: ReturnType<typeof monitorEventLoopDelay>;

  /** `resolutionMs`: how often the loop is asked; what is shorter is not seen. */
  constructor(private readonly resolutionMs: number) {
    this.delay = monitorEventLoopDelay({ resolution: resolutionMs });
    this.delay.enable();
  }

  static async started(resolutionMs: number): Promise<StallMeter> {
    const meter = new StallMeter(resolutionMs);
    await meter.tick();
    return meter;
  }

  /** The monitor sees only what lies between two of its ticks: lets it tick once. */
  tick(): Promise<void> {
    return sleep(this.resolutionMs * 2);
  }

  /** Nanoseconds. A tick that comes late by less than twice the resolution says nothing. */
  async stop(): Promise<number> {
    await this.tick();
    this.delay.disable();
    return Math.max(0, this.delay.max - this.resolutionMs * 2e6);
  }
}
