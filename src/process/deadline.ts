/** One step of the wait: no timer of Node reaches further than 2^31 ms, and a pause is seen between two steps. */
const stepMs = 1_000;

/** A step that comes so much later than asked for was not a busy machine: this process, or the whole machine, stood still. */
const standstillMs = 1_000;

export interface Mark {
  /** After so much time in which nobody was paused. Any number, Infinity included. */
  readonly ms: number;
  act(): unknown;
}

export interface DeadlineRequest {
  readonly marks: readonly Mark[];
  /** Whether what is waited for is stopped just now, by a signal or a debugger. */
  isStopped?(): boolean;
}

export interface Deadline {
  /** Time that was taken out so far. */
  readonly pausedMs: number;
  clear(): void;
}

/**
 * Acts at each mark, once. Time in which this process stood still (a container that is paused, SIGSTOP, a laptop
 * asleep) or in which `isStopped` said so does not count: nothing could go on then.
 */
export function startDeadline({ marks, isStopped = () => false }: DeadlineRequest): Deadline {
  const left = [...marks].sort((a, b) => a.ms - b.ms);
  const beganMs = performance.now();
  let pausedMs = 0;
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    const askedMs = performance.now();
    const restMs = left[0].ms - (askedMs - beganMs - pausedMs);
    const delayMs = Math.max(0, Math.min(stepMs, restMs));
    timer = setTimeout(() => {
      const tookMs = performance.now() - askedMs;
      if (isStopped()) pausedMs += tookMs;
      else if (tookMs - delayMs > standstillMs) pausedMs += tookMs - delayMs;
      while (left.length > 0 && performance.now() - beganMs - pausedMs >= left[0].ms) left.shift()?.act();
      if (left.length > 0 && timer !== undefined) wait();
    }, delayMs);
  };
  if (left.length > 0) wait();
  return {
    get pausedMs() {
      return pausedMs;
    },
    clear: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
