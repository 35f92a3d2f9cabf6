import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startDeadline } from './program.js';

/** A clock of our own: timers fire at it, and it may jump as it does for a process that was stopped. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const passes = (ms: number) => vi.advanceTimersByTime(ms);

/** Nothing runs for so long; then everything that is due does. */
function standsStill(ms: number): void {
  const now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => now + ms);
  vi.advanceTimersByTime(1_000);
  vi.restoreAllMocks();
}

describe('a deadline', () => {
  test('beyond 2^31 ms does not fire at once, and fires', () => {
    const act = vi.fn();
    startDeadline({ marks: [{ ms: 3_000_000_000, act }] });
    passes(1_000_000);
    expect(act).not.toHaveBeenCalled();
    startDeadline({ marks: [{ ms: Number.POSITIVE_INFINITY, act }] }).clear();
    passes(10_000);
    expect(act).not.toHaveBeenCalled();
  });

  test('acts at each mark once, in order, and not after it was cleared', () => {
    const acted: string[] = [];
    const deadline = startDeadline({
      marks: [
        { ms: 5_000, act: () => acted.push('late') },
        { ms: 2_500, act: () => acted.push('soon') },
      ],
    });
    passes(2_499);
    expect(acted).toEqual([]);
    passes(1);
    expect(acted).toEqual(['soon']);
    passes(2_500);
    expect(acted).toEqual(['soon', 'late']);
    passes(60_000);
    expect(acted).toEqual(['soon', 'late']);
    deadline.clear();
    startDeadline({ marks: [{ ms: 10, act: () => acted.push('never') }] }).clear();
    passes(100);
    expect(acted).toEqual(['soon', 'late']);
  });

  test('takes the time out in which what is waited for was stopped', () => {
    const act = vi.fn();
    let stopped = false;
    const deadline = startDeadline({ marks: [{ ms: 5_000, act }], isStopped: () => stopped });
    passes(2_000);
    stopped = true;
    passes(9_000);
    stopped = false;
    passes(2_999);
    expect(act).not.toHaveBeenCalled();
    expect(deadline.pausedMs).toBe(9_000);
    passes(1);
    expect(act).toHaveBeenCalledOnce();
  });

  test('takes the time out in which this process stood still', () => {
    const act = vi.fn();
    const deadline = startDeadline({ marks: [{ ms: 5_000, act }] });
    passes(2_000);
    standsStill(9_000);
    expect(deadline.pausedMs).toBe(8_000);
    expect(act).not.toHaveBeenCalled();
  });
});
