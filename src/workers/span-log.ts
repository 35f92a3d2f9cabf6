import { performance } from 'node:perf_hooks';
import type { Activity, Span } from '../contract/trace.js';

/** Between two spans of the same kind so little is the look at the clock, not a pause. */
const sameSpanNs = 1_000;

/** So many spans at most: a log that is full tells nothing, and memory is for the data. */
export const fullLog = 200_000;

/** Nanoseconds on `process.hrtime`'s clock, which threads and processes share. */
export function nowNs(): number {
  return Number(process.hrtime.bigint());
}

/** What one thread does during a traced call. Times are `nowNs`. */
export class SpanLog {
  readonly spans: Span[] = [];
  /** Garbage collections, from and to. */
  readonly gc: [fromNs: number, toNs: number][] = [];
  private endNs = nowNs();
  private idleNs = loopIdleNs();
  private isBlocked = false;

  add(activity: Activity, fromNs: number, toNs: number, message?: number): void {
    this.endNs = Math.max(this.endNs, toNs);
    if (this.spans.length === fullLog) return;
    const last = this.spans.at(-1);
    if (message === undefined && last?.length === 3 && last[0] === activity && fromNs - last[2] < sameSpanNs)
      this.spans[this.spans.length - 1] = [activity, last[1], toNs];
    else
      this.spans.push(message === undefined ? [activity, fromNs, toNs] : [activity, fromNs, toNs, message]);
  }

  /** What the thread has done since its last span, where nobody else's code ran in between. */
  since(activity: Activity, message?: number): void {
    this.add(activity, this.endNs, nowNs(), message);
  }

  /**
   * To be called first by a callback of the event loop. Since the last span the loop has waited, which libuv measures,
   * and then worked until it could call back: a message was read and deserialised, or written further (`transfer`).
   * Returns the time.
   */
  calledBack(activity: 'deserialise' | 'transfer', message: number): number {
    const now = nowNs();
    const idleNs = loopIdleNs();
    const since = Math.min(this.endNs, now);
    const waitedUntil = since + Math.min(idleNs - this.idleNs, now - since);
    this.idleNs = idleNs;
    if (waitedUntil > since) this.add('blocked', since, waitedUntil, message);
    this.add(activity, waitedUntil, now, message);
    return now;
  }

  /** A thread that shares memory found nothing to do after its last span … */
  block(): void {
    this.isBlocked = true;
  }

  /** … until now. */
  wake(): void {
    if (!this.isBlocked) return;
    this.isBlocked = false;
    this.since('blocked');
  }
}

/** How long this thread's event loop has waited for events since it began. */
function loopIdleNs(): number {
  return performance.nodeTiming.idleTime * 1e6;
}
