/** What the process of a cell spends its time on, once it is up. */
export const spendings = [
  /** Making the data, and its copies. */
  'data',
  /** Calls before those that count. */
  'settling',
  /** Timed calls, the one-shot session among them. */
  'calls',
  /** Comparing answers with the right ones, and copying them for that. */
  'checks',
  /** Garbage that is collected before something is timed. */
  'garbage',
  /** Calls after the timed ones that show where the time goes. */
  'traces',
  'rest',
] as const;

export type Spending = (typeof spendings)[number];

export type SpentMs = Readonly<Record<Spending, number>>;

/** Where the time of a cell's process goes. Each moment belongs to one thing, the innermost that is being done. */
class SpentTime {
  private readonly ms: Record<Spending, number> = zeroes();
  private now: Spending = 'rest';
  private sinceMs = performance.now();

  /** From here on time is spent on this. Returns what it was spent on before, to be turned back to. */
  turnTo(next: Spending): Spending {
    const before = this.now;
    const nowMs = performance.now();
    this.ms[before] += nowMs - this.sinceMs;
    this.sinceMs = nowMs;
    this.now = next;
    return before;
  }

  async on<T>(what: Spending, work: () => T | Promise<T>): Promise<T> {
    const before = this.turnTo(what);
    try {
      return await work();
    } finally {
      this.turnTo(before);
    }
  }

  onAtOnce<T>(what: Spending, work: () => T): T {
    const before = this.turnTo(what);
    try {
      return work();
    } finally {
      this.turnTo(before);
    }
  }

  get soFar(): SpentMs {
    this.turnTo(this.now);
    return { ...this.ms };
  }
}

function zeroes(): Record<Spending, number> {
  return { data: 0, settling: 0, calls: 0, checks: 0, garbage: 0, traces: 0, rest: 0 };
}

/** Of this process. */
export const spent = new SpentTime();
