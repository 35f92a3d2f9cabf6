import { execa } from 'execa';
import { garbled, guardChannel } from './channel.js';
import { startDeadline } from './deadline.js';
import { isStopped, killGroup, trackGroup } from './group.js';
import { startReaper } from './reaper/reaper.js';
import { tailOf } from './stderr-tail.js';

export interface ProgramRequest {
  /** Program and arguments, run without a shell. */
  readonly command: readonly [string, ...string[]];
  /** First message to the child, as plain data (structured clone: NaN and typed arrays survive). */
  readonly message?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  /** Without the time in which it, or this process, was stopped; Infinity for none. */
  readonly deadlineMs: number;
  /** Ended where it has said nothing at all after so long: it never got up. */
  readonly firstWordMs?: number;
  /** Sent so long before the deadline, to one who would rather end by itself. */
  readonly warning?: { readonly beforeMs: number; readonly message: unknown };
  readonly signal?: AbortSignal;
  onMessage(message: unknown): void;
}

/** How it ended; `pausedMs`: it, or this process, was stopped for so long. */
export type ProgramEnd = HowItEnded & { readonly pausedMs?: number };

type HowItEnded =
  | {
      readonly kind: 'exited';
      readonly exitCode: number;
      readonly stderrTail: string;
      readonly stdoutTail: string;
    }
  | { readonly kind: 'killed'; readonly signal: string; readonly stderrTail: string }
  | { readonly kind: 'deadline' }
  /** Not one message came within `firstWordMs`. */
  | { readonly kind: 'silent'; readonly stderrTail: string }
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
  let isSilent = true;
  child.on('message', (message) => {
    isSilent = false;
    request.onMessage(message);
  });
  // Whoever it leaves behind may hold its output open: then it would not count as ended until the deadline.
  child.once('exit', () => pid !== undefined && killGroup(pid));
  if (request.message !== undefined) child.sendMessage(request.message as object).catch(() => {});

  let end: 'deadline' | 'silent' | 'aborted' | 'garbled' | undefined;
  const stop = (why: NonNullable<typeof end>) => {
    end ??= why;
    if (pid !== undefined) killGroup(pid);
  };
  guardChannel(child, () => stop('garbled'));
  const { deadlineMs, firstWordMs = Number.POSITIVE_INFINITY, warning } = request;
  const deadline = startDeadline({
    marks: [
      { ms: deadlineMs, act: () => stop('deadline') },
      { ms: firstWordMs, act: () => isSilent && stop('silent') },
      ...(warning === undefined
        ? []
        : [
            {
              ms: Math.max(deadlineMs / 2, deadlineMs - warning.beforeMs),
              act: () => void child.sendMessage(warning.message as object).catch(() => {}),
            },
          ]),
    ],
    isStopped: () => pid !== undefined && isStopped(pid),
  });
  const abort = () => stop('aborted');
  request.signal?.addEventListener('abort', abort, { once: true });
  if (request.signal?.aborted) abort();

  const result = await child;
  deadline.clear();
  request.signal?.removeEventListener('abort', abort);
  if (pid !== undefined) killGroup(pid);
  untrack();
  const paused = deadline.pausedMs > 0 ? { pausedMs: deadline.pausedMs } : {};
  if (end === 'garbled')
    return { kind: 'exited', exitCode: 1, stderrTail: garbled, stdoutTail: '', ...paused };
  if (end === 'silent') return { kind: end, stderrTail: stderr(), ...paused };
  if (end !== undefined) return { kind: end, ...paused };
  if (result.signal !== undefined)
    return { kind: 'killed', signal: result.signal, stderrTail: stderr(), ...paused };
  if (result.exitCode === undefined)
    return { kind: 'not started', message: result.shortMessage ?? String(result.cause) };
  return { kind: 'exited', exitCode: result.exitCode, stderrTail: stderr(), stdoutTail: stdout(), ...paused };
}
