import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunError } from '../contract/errors.js';

const lockName = 'results.lock';

/** Held while a process writes a run's results file. */
export interface Lock {
  release(): void;
}

/**
 * Takes the one right to write in a run's folder. A lock whose process is gone (SIGKILL, power cut) is taken over.
 * Throws a RunError where its process is still at work.
 */
export function lockRun(folder: string): Lock {
  const path = join(folder, lockName);
  const mine = `${process.pid} ${startOf(process.pid)}`;
  for (;;) {
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      return { release: () => contentOf(path) === mine && rmSync(path, { force: true }) };
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
    const holder = contentOf(path);
    if (holder === undefined) continue;
    if (isAtWork(holder)) throw inUse(folder, holder);
    takeAway(path, holder, folder);
  }
}

function inUse(folder: string, holder: string): RunError {
  const process = holder.split(' ')[0];
  return new RunError(
    `process ${process} is measuring in ${folder} at this moment. Nothing was written. Wait until it ends; then ` +
      '--resume goes on with what it left, if anything.',
  );
}

/** Of two processes that find the same dead lock only one can move it; a living one moved by mistake goes back. */
function takeAway(path: string, holder: string, folder: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = contentOf(aside);
  if (moved !== undefined && moved !== holder) linkSync(aside, path);
  rmSync(aside, { force: true });
  if (moved !== undefined && moved !== holder) throw inUse(folder, moved);
}

function isAtWork(holder: string): boolean {
  const [pid, start] = holder.split(' ');
  if (!(Number(pid) > 0)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (cause) {
    // EPERM: it is there, and somebody else's.
    if ((cause as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return startOf(Number(pid)) === start;
}

/** When a process began, in the kernel's ticks: a number used again by another process is not the same one. */
function startOf(pid: number): string {
  const stat = contentOf(`/proc/${pid}/stat`);
  // The program's name may hold blanks and brackets; what follows the last bracket does not.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'unknown';
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
