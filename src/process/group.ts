import { readFileSync } from 'node:fs';
import { answersSignals, listProcessIds, readLivingProcess, readProcess } from '../files/identity.js';
import { removeOwnedFolder } from '../files/owned-folder.js';
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
  const all = listProcessIds();
  if (all === undefined) return answersSignals(-group) ? [group] : [];
  return all.filter((pid) => readLivingProcess(pid)?.group === group);
}

/** Whether a process is stopped by a signal (T) or a debugger (t). Not known without /proc. */
export function isStopped(pid: number): boolean {
  return readProcess(pid)?.state.toUpperCase() === 'T';
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

/** What a process starts or makes and must not leave behind, however it ends. */
export type Leftover =
  | { readonly kind: 'group'; readonly group: number }
  /** An owned folder. */
  | { readonly kind: 'folder'; readonly folder: string };

let listener: ((leftover: Leftover) => void) | undefined;

/** Who is told of everything that would be left behind should this process be killed: its driver ends it then. */
export function tellOfLeftovers(tell: (leftover: Leftover) => void): void {
  listener = tell;
}

export function wouldLeave(leftover: Leftover): void {
  listener?.(leftover);
}

/** Ends what a killed process had told of; what is gone already is no error. A folder goes only if it is proved to be ours. */
export function endLeftover(leftover: Leftover): void {
  if (leftover.kind === 'group') killGroup(leftover.group);
  else removeOwnedFolder(leftover.folder);
}
