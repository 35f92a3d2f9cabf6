import { readdirSync, readFileSync } from 'node:fs';
import { leaveToReaper } from './reaper/reaper.js';

const groups = new Set<number>();

/** Ends a process and everything in its group at once; a group that is gone already is no error. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: it ended before us, which is what we want.
  }
}

/** Remembers a group that must not outlive this process. Returns the call that forgets it. */
export function trackGroup(pid: number): () => void {
  if (groups.size === 0) process.on('exit', killAll);
  groups.add(pid);
  const isDone = leaveToReaper({ kind: 'group', group: pid });
  return () => {
    isDone();
    groups.delete(pid);
    if (groups.size === 0) process.off('exit', killAll);
  };
}

function killAll(): void {
  for (const pid of groups) killGroup(pid);
}

/** Processes of a group that still live. Where the system does not list them (no /proc), the group's head alone or none. */
export function livingIn(group: number): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => isLivingMember(pid, group));
  } catch {
    return answersSignals(group) ? [group] : [];
  }
}

/** Whether a process is stopped by a signal (T) or a debugger (t). Not known without /proc. */
export function isStopped(pid: number): boolean {
  try {
    return /^.*\) [Tt] /s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

/** A zombie has ended: in a container nobody may ever ask for its exit code. */
function isLivingMember(pid: number, group: number): boolean {
  try {
    // The name in parentheses may hold anything; after it come state, parent, group.
    const [, state, member] =
      /^.*\) (\S) -?\d+ (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
    return Number(member) === group && state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}

function answersSignals(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

/** Memory of all processes of a group, in bytes: high-water marks and what is resident now. Zero without /proc. */
export function groupMemory(group: number): { readonly peakBytes: number; readonly residentBytes: number } {
  const sums = { peakBytes: 0, residentBytes: 0 };
  for (const pid of livingIn(group)) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'latin1');
      sums.peakBytes += 1_024 * Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0);
      sums.residentBytes += 1_024 * Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0);
    } catch {
      // It ended in between.
    }
  }
  return sums;
}
