import { type ChildProcess, fork, type SerializationType } from 'node:child_process';
import { startReaper } from './reaper/reaper.js';
import { tailOf } from './stderr-tail.js';

export interface ForkedProcess {
  readonly child: ChildProcess;
  stderrTail(): string;
}

/**
 * Forks a Node module for a pool. Not through execa: its import alone takes longer than the fork, and opening the
 * pool is measured.
 */
export function forkModule(
  path: string,
  args: readonly string[],
  serialization: SerializationType,
): ForkedProcess {
  startReaper();
  const child = fork(path, args, { serialization, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  return { child, stderrTail: tailOf(child.stderr) };
}

/** Waits until the child has ended, at most `deadlineMs`; then kills it. */
export async function endProcess(child: ChildProcess, deadlineMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
