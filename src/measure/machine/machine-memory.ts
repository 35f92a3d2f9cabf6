import { freemem, totalmem } from 'node:os';
import { readMemoryLeft, readMemoryLimit } from './cgroup.js';
import { type ReadText, systemFile } from './system-files.js';

/** Memory that new processes can take without swapping, the cgroup's limit respected. */
export function availableBytes(): number {
  return withinCgroup(availableToAll(systemFile) ?? freemem(), systemFile);
}

/** Likewise where the system tells it; undefined elsewhere. */
export function toldAvailableBytes(read: ReadText): number | undefined {
  const free = availableToAll(read);
  return free === undefined ? undefined : withinCgroup(free, read);
}

/** Memory that this process and its children may ever take: the machine's, or less where its cgroup says so. */
export function usableMemoryBytes(): number {
  return Math.min(totalmem(), readMemoryLimit());
}

function availableToAll(read: ReadText): number | undefined {
  const kilobytes = /MemAvailable:\s+(\d+) kB/.exec(read('/proc/meminfo') ?? '')?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
}

function withinCgroup(free: number, read: ReadText): number {
  return Math.min(free, readMemoryLeft(read));
}
