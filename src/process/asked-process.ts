import { type ChildProcess, fork } from 'node:child_process';
import { garbled, guardChannel, type ParentSide, parentSide } from './channel.js';
import { killGroup, trackGroup } from './group.js';
import { startReaper } from './reaper/reaper.js';
import { drained, tailOf } from './stderr-tail.js';

/** What came of one question. */
export type AskEnd =
  | { readonly kind: 'answered'; readonly body: unknown }
  | { readonly kind: 'deadline' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'exited'; readonly exitCode: number; readonly stderrTail: string }
  | { readonly kind: 'killed'; readonly signal: string; readonly stderrTail: string }
  | { readonly kind: 'not started'; readonly message: string };

export interface AskOptions {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
  /** Takes what the child says. True: that was the answer. */
  isAnswer(body: unknown): boolean;
}

/**
 * A Node program that answers questions over its channel, one at a time, as the head of a process group of its own. The
 * group ends with `end`, with a question that is not answered in time, and with this process.
 */
export class AskedProcess {
  private readonly child: ChildProcess;
  private readonly parent: ParentSide = parentSide();
  private readonly stderr: () => string;
  private readonly ended: Promise<AskEnd>;
  private untrack: () => void = () => {};
  private over = false;
  private listen: (body: unknown) => void = () => {};

  /** `order`: what the child is told before any question. */
  constructor(entry: string, order: unknown) {
    // Whoever is looked at may never come to an end: it ends with this process, however that ends.
    startReaper();
    this.child = fork(entry, [], {
      execArgv: ['--expose-gc'],
      serialization: 'advanced',
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const { child } = this;
    this.stderr = tailOf(child.stderr);
    if (child.pid !== undefined) this.untrack = trackGroup(child.pid);
    this.ended = new Promise((resolve) => {
      // Listened to for as long as it lives: an error that nobody hears would end this process.
      child.on('error', (cause) => {
        if (child.pid === undefined) resolve({ kind: 'not started', message: cause.message });
      });
      guardChannel(child, () => {
        resolve({ kind: 'exited', exitCode: 1, stderrTail: garbled });
        this.end();
      });
      child.once('exit', (code, signal) => void this.endOf(code, signal).then(resolve));
    });
    child.on('message', (message) => {
      const body = this.parent.bodyOf(message);
      if (body !== undefined) this.listen(body);
    });
    this.send(this.parent.first(order));
  }

  /** Whether it can be asked no more. */
  get isOver(): boolean {
    return this.over;
  }

  /** Asks, and waits for what `isAnswer` takes for the answer. A child that gave none is ended. */
  async ask(question: object, { deadlineMs, signal, isAnswer }: AskOptions): Promise<AskEnd> {
    let timer: NodeJS.Timeout | undefined;
    let abort = () => {};
    const early = new Promise<AskEnd>((resolve) => {
      this.listen = (body) => isAnswer(body) && resolve({ kind: 'answered', body });
      timer = setTimeout(() => resolve({ kind: 'deadline' }), deadlineMs);
      abort = () => resolve({ kind: 'aborted' });
      signal?.addEventListener('abort', abort, { once: true });
      if (signal?.aborted) abort();
    });
    this.send(question);
    const end = await Promise.race([early, this.ended]);
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    this.listen = () => {};
    if (end.kind !== 'answered') this.end();
    return end;
  }

  /** Ends the process and all that it started. A second time does nothing. */
  end(): void {
    if (this.over) return;
    this.over = true;
    const { pid } = this.child;
    if (pid !== undefined) killGroup(pid);
    this.untrack();
  }

  private send(message: object): void {
    // Its end is what is told where it cannot be reached any more.
    if (this.child.connected) this.child.send(message, () => {});
  }

  private async endOf(code: number | null, signal: string | null): Promise<AskEnd> {
    this.end();
    await drained(this.child.stderr);
    const stderrTail = this.stderr();
    return signal === null
      ? { kind: 'exited', exitCode: code ?? 0, stderrTail }
      : { kind: 'killed', signal, stderrTail };
  }
}
