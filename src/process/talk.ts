import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { killGroup, livingIn, trackGroup, wouldLeave } from './group.js';
import { startReaper } from './reaper/reaper.js';
import { drained, tailOf } from './stderr-tail.js';

export interface TalkRequest {
  /** Program and arguments, run without a shell. */
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  /** Ends the program: a call that waits rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The program could not be started: no such file, or not to be executed. */
export class NotStarted extends Error {
  override readonly name = 'NotStarted';
}

/** How a talk came to its end. */
export interface TalkEnd {
  /** It did not end when its stdin was closed, and was killed. */
  readonly killed: boolean;
  /** Processes of its group that were still there after it, and have been ended. */
  readonly leftBehind: number;
}

/** A line that is longer than this is no answer. */
const longestLine = 1_000_000;

/** After its stdin was closed it has so long to end by itself. */
const endMs = 2_000;

/** Helpers of its own may need a moment to see that it has gone. */
const lingerMs = 500;

/**
 * A conversation in lines with a program on its stdin and stdout, one answer per question. It is the head of a process
 * group of its own, which ends with it, with `signal` and with this process.
 */
export class Talk {
  private pending: { resolve(line: string): void; reject(cause: Error): void } | undefined;
  private partial = '';
  /** Why nothing more can be asked. */
  private broken: Error | undefined;
  private ending = false;
  private readonly stderr: () => string;
  private readonly exited: Promise<void>;

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly release: () => void,
  ) {
    this.stderr = tailOf(child.stderr);
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.read(text));
    // It may end before it has read the question: its end is what is told then.
    child.stdin.on('error', () => {});
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        resolve();
        void this.hasEnded(code === null ? `by signal ${signal}` : `with exit code ${code}`);
      });
    });
  }

  /** Starts the program. Rejects with NotStarted. */
  static async start({ command, cwd, signal }: TalkRequest): Promise<Talk> {
    signal?.throwIfAborted();
    const [file, ...args] = command;
    startReaper();
    const child = spawn(file, args, { cwd, detached: true, stdio: 'pipe' });
    const { pid } = child;
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (cause) => reject(new NotStarted(cause.message, { cause })));
    });
    if (pid === undefined) throw new NotStarted(`${file} has no process id`);
    wouldLeave({ kind: 'group', group: pid });
    const untrack = trackGroup(pid);
    const abort = () => talk.fail(signal?.reason as Error);
    const talk = new Talk(child, () => {
      untrack();
      signal?.removeEventListener('abort', abort);
    });
    signal?.addEventListener('abort', abort, { once: true });
    // While it started, nobody was listening.
    if (signal?.aborted) abort();
    return talk;
  }

  /** The head of the program's process group. */
  get group(): number {
    return this.child.pid ?? 0;
  }

  /** One question, one line. Rejects where the program ends, or where it said something that nobody asked for. */
  ask(line: string): Promise<string> {
    if (this.broken !== undefined) return Promise.reject(this.broken);
    return new Promise((resolve, reject) => {
      this.pending = { resolve, reject };
      this.child.stdin.write(`${line}\n`);
    });
  }

  /** Closes its stdin, waits, kills after a deadline; then ends whoever it left behind. */
  async end(): Promise<TalkEnd> {
    this.ending = true;
    this.child.stdin.end();
    let killed = false;
    const deadline = setTimeout(() => {
      killed = true;
      killGroup(this.group);
    }, endMs);
    await this.exited;
    clearTimeout(deadline);
    // What was ended by force had no time to end its own.
    const leftBehind = this.broken === undefined && !killed ? await this.leftBehind() : 0;
    killGroup(this.group);
    this.release();
    return { killed, leftBehind };
  }

  private async leftBehind(): Promise<number> {
    const until = performance.now() + lingerMs;
    for (;;) {
      const { length } = livingIn(this.group);
      if (length === 0 || performance.now() > until) return length;
      await sleep(10);
    }
  }

  private read(text: string): void {
    this.partial += text;
    if (this.partial.length > longestLine) this.fail(new Error('its line has no end'));
    for (let end = this.partial.indexOf('\n'); end >= 0; end = this.partial.indexOf('\n')) {
      const line = this.partial.slice(0, end);
      this.partial = this.partial.slice(end + 1);
      const { pending } = this;
      this.pending = undefined;
      if (pending !== undefined) pending.resolve(line);
      else this.broken ??= new Error(`it said ${quoted(line)} although nothing was asked`);
    }
  }

  private async hasEnded(how: string): Promise<void> {
    if (this.ending) return;
    // Its last words may still lie in the pipes; nobody of its group may outlive it.
    killGroup(this.group);
    await Promise.all([drained(this.child.stdout), drained(this.child.stderr)]);
    const words = this.stderr();
    this.fail(new Error(`it ended ${how}${words === '' ? '' : `: ${words}`}`));
  }

  private fail(cause: Error): void {
    this.broken ??= cause;
    killGroup(this.group);
    const { pending } = this;
    this.pending = undefined;
    pending?.reject(this.broken);
  }
}

/** The beginning of what somebody said, for a message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
