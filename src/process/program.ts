import { execa } from 'execa';
import { killGroup, trackGroup } from './group.js';
import { startReaper } from './reaper/reaper.js';
import { tailOf } from './stderr-tail.js';

export interface ProgramRequest {
  /** Program and arguments, run without a shell. */
  readonly command: readonly [string, ...string[]];
  /** First message to the child, as plain data (structured clone: NaN and typed arrays survive). */
  readonly message?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
  onMessage(message: unknown): void;
}

export type ProgramEnd =
  | {
      readonly kind: 'exited';
      readonly exitCode: number;
      readonly stderrTail: string;
      readonly stdoutTail: string;
    }
  | { readonly kind: 'killed'; readonly signal: string; readonly stderrTail: string }
  | { readonly kind: 'deadline' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'not started'; readonly message: string };

/**
 * Runs a Node program that talks over an IPC channel, as the head of a process group of its own, and ends the whole
 * group (its own children included) when it exits, passes its deadline, or `signal` aborts. Never rejects.
 */
export async function runProgram(request: ProgramRequest): Promise<ProgramEnd> {
  const [file, ...args] = request.command;
  startReaper();
  const child = execa(file, args, {
    ipc: true,
    serialization: 'advanced',
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    ...(request.env ? { env: request.env } : {}),
  });
  const { pid } = child;
  const stderr = tailOf(child.stderr);
  const stdout = tailOf(child.stdout);
  const untrack = pid === undefined ? () => {} : trackGroup(pid);
  child.on('message', request.onMessage);
  // Whoever it leaves behind may hold its output open: then it would not count as ended until the deadline.
  child.once('exit', () => pid !== undefined && killGroup(pid));
  if (request.message !== undefined) child.sendMessage(request.message as object).catch(() => {});

  let end: 'deadline' | 'aborted' | undefined;
  const stop = (why: 'deadline' | 'aborted') => {
    end ??= why;
    if (pid !== undefined) killGroup(pid);
  };
  const timer = setTimeout(() => stop('deadline'), request.deadlineMs);
  const abort = () => stop('aborted');
  request.signal?.addEventListener('abort', abort, { once: true });
  if (request.signal?.aborted) abort();

  const result = await child;
  clearTimeout(timer);
  request.signal?.removeEventListener('abort', abort);
  if (pid !== undefined) killGroup(pid);
  untrack();
  if (end !== undefined) return { kind: end };
  if (result.signal !== undefined) return { kind: 'killed', signal: result.signal, stderrTail: stderr() };
  if (result.exitCode === undefined)
    return { kind: 'not started', message: result.shortMessage ?? String(result.cause) };
  return { kind: 'exited', exitCode: result.exitCode, stderrTail: stderr(), stdoutTail: stdout() };
}
