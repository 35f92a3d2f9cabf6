import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the reaper is told, one JSON object per line. */
export type ReaperMessage =
  | { readonly type: 'remove'; readonly root: string; readonly folder: string }
  | { readonly type: 'group'; readonly group: number }
  | { readonly type: 'done' };

/** Cleans up after this process should it be killed outright (SIGKILL, out of memory). */
export interface Reaper {
  tell(message: ReaperMessage): void;
}

/** A process of its own that waits for the end of its input: that comes however this process ends. */
export function startReaper(): Reaper {
  const entry = fileURLToPath(new URL('./reaper-main.js', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [entry], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  // A reaper that died costs nothing but the safety it gave.
  child.on('error', () => {});
  child.stdin?.on('error', () => {});
  (child.stdin as { unref?: () => void } | null)?.unref?.();
  return { tell: (message) => child.stdin?.write(`${JSON.stringify(message)}\n`) };
}
