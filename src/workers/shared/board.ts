/*
 * The memory by which the caller and its threads agree on who does what: no message, only words that both sides read
 * and write by Atomics. Numbers of units go on from call to call and wrap at 2^32, so that a thread that wakes up late
 * can never take a unit of one call for the same unit of another.
 */

/** Words per cache line: what different threads write must not share one. */
const line = 16;

/** Written by the caller: bumped whenever there is something new, for threads that sleep. */
const signal = 0;
/** Units below this number may be taken. */
const limit = 1;
/** Which area the units are in, and the number of its first one. */
const job = 2;
const base = 3;
/** The next unit that nobody has taken. */
const claim = line;
/** Units that are finished, counted over all calls. */
const done = 2 * line;
/** Bumped whenever a thread has done anything that the caller may wait for. */
const tick = 2 * line + 1;
const callerWaits = 2 * line + 2;
const sleepers = 3 * line;
const failures = 4 * line;
/** From here on a line per thread: how often it was asked something, what, and how often it has answered. */
const threads = 5 * line;
const asked = 0;
const question = 1;
const answered = 2;

/** What a thread can be asked besides taking units. */
export const nothing = 0;
export const collectGarbage = 1;
/** To note what it does from here on. */
export const startTrace = 2;
/** To say what it has noted. */
export const takeTrace = 3;

/** What one worker spent so far, the caller being the last one: doubles, written by that worker alone. */
export interface Spent {
  readonly busyNs: number;
  readonly gcNs: number;
  readonly lists: number;
}

export class Board {
  readonly buffer: SharedArrayBuffer;
  private readonly words: Int32Array;
  private readonly sums: Float64Array;

  /** `workers` with the caller; threads get the caller's buffer. */
  constructor(
    private readonly workers: number,
    buffer?: SharedArrayBuffer,
  ) {
    const wordBytes = 4 * (threads + line * workers);
    this.buffer = buffer ?? new SharedArrayBuffer(wordBytes + 64 * workers);
    this.words = new Int32Array(this.buffer, 0, wordBytes / 4);
    this.sums = new Float64Array(this.buffer, wordBytes);
  }

  /** The caller: units that come next are those of this area. Everything before must be finished. */
  begin(area: number): void {
    Atomics.store(this.words, base, Atomics.load(this.words, limit));
    Atomics.store(this.words, job, area);
  }

  /** The caller: so many units more may be taken. */
  publish(units: number): void {
    Atomics.add(this.words, limit, units);
    this.wake(units);
  }

  /** Takes a unit: its number in the area, or −1 where none is left. */
  take(): number {
    const { words } = this;
    for (;;) {
      const unit = Atomics.load(words, claim);
      if (((Atomics.load(words, limit) - unit) | 0) <= 0) return -1;
      // The area cannot change before a unit that was taken is finished.
      if (Atomics.compareExchange(words, claim, unit, (unit + 1) | 0) === unit)
        return (unit - Atomics.load(words, base)) >>> 0;
    }
  }

  /** The area of the unit that was taken. */
  get area(): number {
    return Atomics.load(this.words, job);
  }

  finish(): void {
    Atomics.add(this.words, done, 1);
    this.tell();
  }

  get isFinished(): boolean {
    return Atomics.load(this.words, done) === Atomics.load(this.words, limit);
  }

  /** Nobody shall begin what is left: counts it as finished. */
  drain(): void {
    while (this.take() >= 0) Atomics.add(this.words, done, 1);
  }

  fail(): void {
    Atomics.add(this.words, failures, 1);
    this.tell();
  }

  /** How many units have failed so far, over all calls. */
  get failed(): number {
    return Atomics.load(this.words, failures);
  }

  /** The caller asks every thread, whether it has taken units or not. */
  askAll(what: number): void {
    for (let thread = 0; thread < this.workers - 1; thread++) {
      Atomics.store(this.words, threads + line * thread + question, what);
      Atomics.add(this.words, threads + line * thread + asked, 1);
    }
    this.wake(this.workers);
  }

  get allHaveAnswered(): boolean {
    for (let thread = 0; thread < this.workers - 1; thread++) {
      const at = threads + line * thread;
      if (Atomics.load(this.words, at + asked) !== Atomics.load(this.words, at + answered)) return false;
    }
    return true;
  }

  /** What this thread is asked; undefined where it has answered everything. */
  questionFor(thread: number): number | undefined {
    const at = threads + line * thread;
    if (Atomics.load(this.words, at + asked) === Atomics.load(this.words, at + answered)) return undefined;
    return Atomics.load(this.words, at + question);
  }

  answer(thread: number): void {
    Atomics.add(this.words, threads + line * thread + answered, 1);
    this.tell();
  }

  /** A thread: what `sleep` compares. To be read before looking for work. */
  get news(): number {
    return Atomics.load(this.words, signal);
  }

  /** A thread: until there is anything newer than `news`. */
  sleep(news: number): void {
    Atomics.add(this.words, sleepers, 1);
    Atomics.wait(this.words, signal, news);
    Atomics.sub(this.words, sleepers, 1);
  }

  /** The caller: what `rest` compares. To be read before looking for work. */
  get progress(): number {
    return Atomics.load(this.words, tick);
  }

  /** The caller: until a thread has done anything since `progress`, at most so long. */
  rest(progress: number, timeoutMs: number): void {
    Atomics.store(this.words, callerWaits, 1);
    Atomics.wait(this.words, tick, progress, timeoutMs);
    Atomics.store(this.words, callerWaits, 0);
  }

  /** Adds to what a worker spent. It must come before `finish`, since the caller reads it after the last one. */
  spend(worker: number, busyNs: number, lists: number): void {
    this.sums[8 * worker] += busyNs;
    this.sums[8 * worker + 2] += lists;
  }

  spendGc(worker: number, ns: number): void {
    this.sums[8 * worker + 1] += ns;
  }

  spentBy(worker: number): Spent {
    const at = 8 * worker;
    return { busyNs: this.sums[at], gcNs: this.sums[at + 1], lists: this.sums[at + 2] };
  }

  private wake(most: number): void {
    Atomics.add(this.words, signal, 1);
    // To look for sleepers costs less than to call the system.
    if (Atomics.load(this.words, sleepers) > 0) Atomics.notify(this.words, signal, most);
  }

  private tell(): void {
    Atomics.add(this.words, tick, 1);
    if (Atomics.load(this.words, callerWaits) !== 0) Atomics.notify(this.words, tick);
  }
}
