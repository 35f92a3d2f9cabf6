import { readdirSync, readFileSync } from 'node:fs';

/** Holds the ids of the runs that a process belongs to, joined by '+'. */
export const runVariable = 'BREAKEVEN_RUN';
/** Holds the process id of one that a driver has started: it needs no reaper of its own. */
export const childVariable = 'BREAKEVEN_CHILD';
/** Marks a reaper: it ends by itself, after it has done its work. */
export const reaperVariable = 'BREAKEVEN_REAPER';

interface Listed {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
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
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return [];
  }
  return names.filter((name) => /^\d+$/.test(name)).flatMap((name) => readProcess(name, id) ?? []);
}

/** Undefined for zombies, for reapers and ourselves, and for what ended meanwhile or is not ours to see. */
function readProcess(name: string, id: string): Listed | undefined {
  const pid = Number(name);
  if (pid === process.pid || pid === 1) return undefined;
  try {
    // The name in parentheses may hold anything; after it come state, parent, group, session.
    const [, state, parent, group, session] =
      /^.*\) (\S) (-?\d+) (\d+) (\d+) /s.exec(readFileSync(`/proc/${name}/stat`, 'latin1')) ?? [];
    if (state === undefined || state === 'Z' || state === 'X') return undefined;
    const variables = readEnvironment(name);
    if (variables.some((each) => each === `${reaperVariable}=1`)) return undefined;
    const runs = variables.find((each) => each.startsWith(`${runVariable}=`))?.slice(runVariable.length + 1);
    const isMarked = runs?.split('+').includes(id) ?? false;
    return { pid, parent: Number(parent), group: Number(group), session: Number(session), isMarked };
  } catch {
    return undefined;
  }
}

/** Another user's process shows none; as a child of one of ours it is found all the same. */
function readEnvironment(name: string): string[] {
  try {
    return readFileSync(`/proc/${name}/environ`, 'latin1').split('\0');
  } catch {
    return [];
  }
}
