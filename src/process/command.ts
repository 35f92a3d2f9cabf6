import { spawn } from 'node:child_process';
import { killGroup, trackGroup } from './group.js';
import { startReaper } from './reaper/reaper.js';
import { drained, tailOf } from './stderr-tail.js';

export interface CommandRequest {
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
  const [file, args] = typeof line === 'string' ? [line, []] : [line[0], line.slice(1)];
  const shell = typeof line === 'string';
  startReaper();
  const child = spawn(file, args, { cwd, env, shell, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  const [stdout, stderr] = [tailOf(child.stdout), tailOf(child.stderr)];
  const untrack = pid === undefined ? () => {} : trackGroup(pid);
  const stop = () => pid !== undefined && killGroup(pid);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    await Promise.all([drained(child.stdout), drained(child.stderr)]);
    return { code, outputTail: [stdout(), stderr()].filter((text) => text !== '').join('\n') };
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
    untrack();
  }
}
