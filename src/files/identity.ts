import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * One process among all that ever ran: a pid alone is used again, and means another process in another container.
 * Fields that the system does not tell are empty.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it began, in the kernel's ticks since boot. */
  readonly start: string;
  /** The kernel's random id of this boot; the host's name where there is none. */
  readonly boot: string;
  /** The namespace in which `pid` is counted. */
  readonly pidNamespace: string;
}

export type Liveness =
  | 'alive'
  | 'dead'
  /** Counted in another namespace, or written on another host: nobody here can tell. */
  | 'unknown';

let own: ProcessIdentity | undefined;

export function readOwnIdentity(): ProcessIdentity {
  own ??= {
    pid: process.pid,
    start: readStart(process.pid),
    boot: textOf('/proc/sys/kernel/random/boot_id').trim() || hostname(),
    pidNamespace: linkOf('/proc/self/ns/pid'),
  };
  return own;
}

/** Is that very process still there? A pid that was given to another one since is dead. */
export function judgeLiveness(other: ProcessIdentity): Liveness {
  const here = readOwnIdentity();
  if (other.boot !== here.boot || other.pidNamespace !== here.pidNamespace) return 'unknown';
  if (!answersSignals(other.pid)) return 'dead';
  return readStart(other.pid) === other.start ? 'alive' : 'dead';
}

/** Whether there is such a process, or with a number below zero such a group, that a signal would reach. */
export function answersSignals(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid === 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    // EPERM: it is there, and somebody else's.
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What the system says of a process. */
export interface ProcessState {
  /** A letter: proc(5). */
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** In the kernel's ticks since boot. */
  readonly start: string;
}

/** Undefined where the process is gone, or the system has no /proc. */
export function readProcess(pid: number): ProcessState | undefined {
  const stat = textOf(`/proc/${pid}/stat`);
  // The program's name in parentheses may hold blanks and brackets.
  const [state, parent, group, session, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (session === undefined) return undefined;
  const start = rest[15] ?? '';
  return { state, parent: Number(parent), group: Number(group), session: Number(session), start };
}

/** Likewise, and not a zombie: that one has ended, and in a container nobody may ever ask for its exit code. */
export function readLivingProcess(pid: number): ProcessState | undefined {
  const found = readProcess(pid);
  return found?.state === 'Z' || found?.state === 'X' ? undefined : found;
}

/** Ids of all processes; undefined where the system has no /proc. */
export function listProcessIds(): number[] | undefined {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return undefined;
  }
}

function readStart(pid: number): string {
  return readProcess(pid)?.start ?? '';
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
