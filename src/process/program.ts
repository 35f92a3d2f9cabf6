import { execa } from 'execa';
import { garbled, guardChannel } from './channel.js';
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

/** The head of a process group that is ended here and nowhere else; its output is read as it comes. */
const inOwnGroup = {
  detached: true,
  cleanup: false,
  reject: false,
  buffer: false,
  stdin: 'ignore',
  stdout: 'pipe',
  stderr: 'pipe',
} as const;

/**
 * Runs a Node program that talks over an IPC channel, as the head of a process group of its own, and ends the whole
 * group (its own children included) when it exits, passes its deadline, or `signal` aborts. Never rejects.
 */
export async function runProgram(request: ProgramRequest): Promise<ProgramEnd> {
  const [file, ...args] = request.command;
  startReaper();
  const child = execa(file, args, {
    ...inOwnGroup,
    ipc: true,
    serialization: 'advanced',
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

/** One step of the wait: no timer of Node reaches further than 2^31 ms, and a pause is seen between two steps. */
const stepMs = 1_000;

/** A step that comes so much later than asked for was not a busy machine: this process, or the whole machine, stood still. */
const standstillMs = 1_000;

export interface Mark {
  /** After so much time in which nobody was paused. Any number, Infinity included. */
  readonly ms: number;
  act(): unknown;
}

interface DeadlineRequest {
  readonly marks: readonly Mark[];
  /** Whether what is waited for is stopped just now, by a signal or a debugger. */
  isStopped?(): boolean;
}

interface Deadline {
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

interface CommandRequest {
  /** A line for the shell, or a program and its arguments without one: it rejects where there is no such program. */
  readonly line: string | readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

export interface CommandEnd {
  /** Null where a signal ended it. */
  readonly code: number | null;
  /** The end of what it wrote to stdout and stderr. */
  readonly outputTail: string;
}

/** Runs a command to its end in a process group of its own, which ends with `signal` and with this process. */
export async function runCommand({ line, cwd, env, signal }: CommandRequest): Promise<CommandEnd> {
  const shell = typeof line === 'string';
  const [file, ...args] = typeof line === 'string' ? [line] : line;
  startReaper();
  const child = execa(file, args, { ...inOwnGroup, cwd, env, extendEnv: false, shell });
  const { pid } = child;
  const [stdout, stderr] = [tailOf(child.stdout), tailOf(child.stderr)];
  const untrack = pid === undefined ? () => {} : trackGroup(pid);
  const stop = () => pid !== undefined && killGroup(pid);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  // Whoever it leaves behind may hold its output open.
  child.once('exit', stop);
  const { exitCode, signal: killedBy, cause, shortMessage } = await child;
  signal?.removeEventListener('abort', stop);
  stop();
  untrack();
  if (exitCode === undefined && killedBy === undefined) throw cause ?? new Error(shortMessage);
  const outputTail = [stdout(), stderr()].filter((text) => text !== '').join('\n');
  return { code: exitCode ?? null, outputTail };
}
