import { spawn } from 'node:child_process';

export interface GroupRequest {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Of stdout; stderr is this process's own, stdin is closed. */
  readonly stdout: 'ignore' | 'inherit';
  readonly signal: AbortSignal;
  /** Told at once, for whoever cleans up after this process. */
  onStart(group: number): void;
}

/**
 * Runs a program in a process group of its own and waits for its end. An abort is a Ctrl-C for the whole group: a shell
 * alone would wait for its child. Returns the exit code, null after a signal; throws where the program cannot be started
 * or was interrupted.
 */
export async function runInGroup(
  command: string,
  args: readonly string[],
  { cwd, env, stdout, signal, onStart }: GroupRequest,
): Promise<number | null> {
  signal.throwIfAborted();
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', stdout, 'inherit'], detached: true });
  const { pid } = child;
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const interrupt = () => {
    if (pid !== undefined) interruptGroup(pid);
  };
  signal.addEventListener('abort', interrupt);
  if (pid !== undefined) onStart(pid);
  try {
    const code = await ended;
    signal.throwIfAborted();
    return code;
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

function interruptGroup(group: number): void {
  try {
    process.kill(-group, 'SIGINT');
  } catch {
    // ESRCH: it has ended by itself in the meantime.
  }
}
