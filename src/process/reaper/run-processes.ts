import { readFileSync } from 'node:fs';
import { listProcessIds, type ProcessState, readLivingProcess } from '../../files/identity.js';

/** Holds the ids of the runs that a process belongs to, joined by '+'. */
export const runVariable = 'BREAKEVEN_RUN';
/** Holds the process id of one that a driver has started: it needs no reaper of its own. */
export const childVariable = 'BREAKEVEN_CHILD';
/** Marks a reaper: it ends by itself, after it has done its work. */
export const reaperVariable = 'BREAKEVEN_REAPER';

interface Listed extends ProcessState {
  readonly pid: number;
  readonly isMarked: boolean;
}

/**
 * Living processes that belong to a run: those with its id in their environment, those in a group or session that one
 * of them or `groups` leads, and the children of all of these, whatever environment they were given. None where the
 * system has no /proc.
 */
export function processesOfRun(id: string, groups: Iterable<number> = []): number[] {
  const listed = listProcesses(id);
  const found = new Set(listed.filter(({ isMarked }) => isMarked).map(({ pid }) => pid));
  const leaders = new Set([...found, ...groups]);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { pid, parent, group, session } of listed) {
      if (!found.has(parent) && !leaders.has(group) && !leaders.has(session)) continue;
      found.add(pid);
      leaders.add(pid);
    }
  }
  return [...found];
}

function listProcesses(id: string): Listed[] {
  return (listProcessIds() ?? []).flatMap((pid) => lookAt(pid, id) ?? []);
}

/** Undefined for zombies, for reapers and ourselves, and for what ended meanwhile or is not ours to see. */
function lookAt(pid: number, id: string): Listed | undefined {
  if (pid === process.pid || pid === 1) return undefined;
  const state = readLivingProcess(pid);
  if (state === undefined) return undefined;
  const variables = readEnvironment(pid);
  if (variables.some((each) => each === `${reaperVariable}=1`)) return undefined;
  const runs = variables.find((each) => each.startsWith(`${runVariable}=`))?.slice(runVariable.length + 1);
  return { pid, ...state, isMarked: runs?.split('+').includes(id) ?? false };
}

/** Another user's process shows none; as a child of one of ours it is found all the same. */
function readEnvironment(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    return [];
  }
}
