import type { Stamp } from '../messages.js';
import { callersLog } from '../registry.js';
import type { Board } from './board.js';

/** What came of one look at the work: a call goes on until it is 'done', and waits only where it is 'idle'. */
export type Step = 'done' | 'worked' | 'idle';

/** A call that takes longer lets the event loop turn so often: a dead thread, an abort and a close are told of there. */
const turnEveryMs = 20;

/** Looks before the caller rests, each dearer than a thread's: see there. */
const lookAgain = 5_000;

/** The longest rest; what a thread does ends it at once. */
const restMs = 5;

/** The caller of a shared pool: takes units like its threads, waits for them, and hears of what goes wrong. */
export class Caller {
  /** Rejects when the pool breaks. */
  readonly broken: Promise<never>;
  private breaking: (cause: Error) => void = () => {};
  private cause: Error | undefined;
  private failure: unknown;
  private failuresBefore = 0;
  /** Causes that have arrived: what a thread says comes later than what it writes on the board. */
  private heard = 0;
  /** The call that is under way and has returned a promise. */
  private running: Promise<void> | undefined;
  private reported: { busyNs: number; gcNs: number; lists: number }[] = [];

  /** `number`: the worker that the caller is. */
  constructor(
    private readonly board: Board,
    private readonly number: number,
  ) {
    this.broken = new Promise<never>((_, reject) => {
      this.breaking = reject;
    });
    this.broken.catch(() => {});
  }

  /** No call can end well any more; the first cause is the one that is told. */
  break(cause: Error): void {
    this.cause ??= cause;
    this.breaking(cause);
  }

  /** A unit failed, here or in a thread that has said why. */
  failed(cause: unknown): void {
    this.failure ??= cause;
    this.heard++;
  }

  /** Takes one unit and computes it; nothing where none is left. */
  workOn(run: (unit: number) => number): 'worked' | undefined {
    const { board } = this;
    const unit = board.take();
    if (unit < 0) return undefined;
    const log = callersLog();
    log?.wake();
    const began = performance.now();
    let lists = 0;
    try {
      lists = run(unit);
    } catch (cause) {
      this.failed(cause);
      board.fail();
    }
    board.spend(this.number, (performance.now() - began) * 1e6, lists);
    board.finish();
    log?.since('compute');
    return 'worked';
  }

  /** Steps until done. One call at a time: a later one waits for the one that is under way. */
  carryOut(step: () => Step): void | Promise<void> {
    if (this.running !== undefined) {
      const next = this.running.catch(() => {}).then(() => this.steps(step));
      return this.remember(next);
    }
    const rest = this.steps(step);
    return rest && this.remember(rest);
  }

  private remember(call: Promise<void>): Promise<void> {
    const running = call.finally(() => {
      if (this.running === running) this.running = undefined;
    });
    this.running = running;
    return running;
  }

  /** Blocks for one turn; what is not done then goes on in a promise. */
  private steps(step: () => Step): void | Promise<void> {
    if (this.cause !== undefined) throw this.cause;
    return this.oneTurn(step) ? undefined : this.turns(step);
  }

  private async turns(step: () => Step): Promise<void> {
    do {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.cause !== undefined) throw this.cause;
      if (this.board.failed !== this.failuresBefore) await this.giveUp();
    } while (!this.oneTurn(step));
  }

  /** True when done. False after `turnEveryMs`, or where something failed. */
  private oneTurn(step: () => Step): boolean {
    const { board } = this;
    const until = performance.now() + turnEveryMs;
    let looks = 0;
    for (;;) {
      const progress = board.progress;
      const came = board.failed === this.failuresBefore ? step() : 'failed';
      if (came === 'done' && board.failed === this.failuresBefore) {
        callersLog()?.wake();
        return true;
      }
      if (came === 'failed' || came === 'done') return false;
      if (came === 'idle' && looks === 0) callersLog()?.block();
      if (came === 'worked') looks = 0;
      else if (looks++ > lookAgain) board.rest(progress, restMs);
      else continue;
      if (performance.now() > until) return false;
    }
  }

  /** Waits until nobody computes any more, and for the cause. */
  private async giveUp(): Promise<never> {
    const { board } = this;
    board.drain();
    while ((!board.isFinished || this.heard !== board.failed) && this.cause === undefined)
      await new Promise((resolve) => setTimeout(resolve, 1));
    const failure = this.cause ?? this.failure;
    this.failuresBefore = board.failed;
    this.failure = undefined;
    throw failure;
  }

  /** What each worker spent since the last report. */
  report(note: (worker: number, stamp: Stamp) => void): void {
    for (let worker = 0; worker <= this.number; worker++) {
      const now = this.board.spentBy(worker);
      const { busyNs, gcNs, lists } = this.reported[worker] ?? { busyNs: 0, gcNs: 0, lists: 0 };
      this.reported[worker] = now;
      if (now.busyNs === busyNs && now.gcNs === gcNs) continue;
      const stamp = { fromNs: 0, toNs: now.busyNs - busyNs, lists: now.lists - lists, gcNs: now.gcNs - gcNs };
      note(worker, { ...stamp, cpuNs: 0, peakBytes: 0 });
    }
  }
}
