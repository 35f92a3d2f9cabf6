import type { Limited } from '../results/format.js';

/**
 * So long before the driver would end a cell's process it tells it, so that it says itself what it waits for, where its
 * thread is free. The driver alone knows the time: it takes pauses out.
 */
export const lateWarning = { beforeMs: 1_000, message: { type: 'late' } } as const;

/** How far a cell had come. */
export interface Progress {
  /** Since its first session began; undefined where it had not begun. */
  readonly sinceStartMs: number | undefined;
  readonly oneShotNs: number | undefined;
}

/** What it means that a cell was not done at its limit: a bound where its first session had begun. */
export function overTime({ sinceStartMs, oneShotNs }: Progress, limitMs: number): Limited {
  const limit = { status: 'limit', limit: 'time' } as const;
  const seconds = limitMs / 1_000;
  if (sinceStartMs === undefined)
    return { ...limit, message: `making its data alone took longer than ${seconds} s` };
  if (oneShotNs === undefined) {
    const message = `its first session did not finish within the cell's ${seconds} s`;
    return { ...limit, message, boundNs: sinceStartMs * 1e6 };
  }
  const first = (oneShotNs / 1e9).toFixed(1);
  return {
    ...limit,
    message: `its first session took ${first} s, which left no time to sample within ${seconds} s`,
    boundNs: oneShotNs,
  };
}
