import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Left as they are: /proc belongs to this namespace, and groups are made below /sys/fs/cgroup. */
const untouched = ['/proc', '/sys/fs/cgroup', '/dev/shm', '/dev/pts'];

/**
 * Shuts everything but `place` against writing, for this mount namespace alone: `place` becomes a disk in memory of its
 * own, and so does /dev/shm. Throws where that does not hold, before anything is run.
 */
export function closeOff(place: string): void {
  if (process.ppid !== 1) throw new Error('this is no namespace of its own: nothing is tried here');
  mount('-t', 'tmpfs', '-o', 'size=600m,mode=755', 'none', place);
  mount('-t', 'tmpfs', '-o', 'size=256m,mode=1777', 'none', '/dev/shm');
  for (const point of mountPoints()) {
    const kept = point === place || untouched.some((each) => point === each || point.startsWith(`${each}/`));
    if (!kept) mountQuietly('-o', 'remount,bind,ro', point);
  }
  if (existsSync('/proc/sys')) {
    mount('--bind', '/proc/sys', '/proc/sys');
    mount('-o', 'remount,bind,ro', '/proc/sys');
  }
  for (const folder of ['/', process.cwd(), '/tmp']) checkIsShut(folder);
}

function checkIsShut(folder: string): void {
  const file = join(folder, `.breakeven-torture-${process.pid}`);
  try {
    writeFileSync(file, '', { flag: 'wx' });
  } catch {
    return;
  }
  rmSync(file);
  throw new Error(`${folder} can still be written: nothing is tried here`);
}

export function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function mountQuietly(...args: string[]): void {
  try {
    mount(...args);
  } catch {
    // checkIsShut tells whether it mattered.
  }
}

/** A space in a path stands there as \040. */
function mountPoints(): string[] {
  const lines = readFileSync('/proc/self/mountinfo', 'utf8').trimEnd().split('\n');
  const points = lines.map((line) => line.split(' ')[4].replaceAll('\\040', ' '));
  // Outermost last: a parent that is shut does not hinder its children, but '/' is the one to be sure of.
  return [...new Set(points)].sort((a, b) => b.length - a.length);
}
