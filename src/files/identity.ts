import { readFileSync, readlinkSync } from 'node:fs';
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

function answersSignals(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    // EPERM: it is there, and somebody else's.
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readStart(pid: number): string {
  return statOf(pid).split(' ')[19] ?? '';
}

/** From the state on: the program's name before it may hold blanks and brackets. */
function statOf(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2);
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
