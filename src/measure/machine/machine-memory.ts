import { freemem, totalmem } from 'node:os';
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
  return Math.min(totalmem(), cgroupLimit(systemFile));
}

function availableToAll(read: ReadText): number | undefined {
  const kilobytes = /MemAvailable:\s+(\d+) kB/.exec(read('/proc/meminfo') ?? '')?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
}

function withinCgroup(free: number, read: ReadText): number {
  const used = Number(read('/sys/fs/cgroup/memory.current') ?? 0);
  return Math.min(free, cgroupLimit(read) - used);
}

function cgroupLimit(read: ReadText): number {
  const limit = Number(read('/sys/fs/cgroup/memory.max'));
  return limit > 0 ? limit : Number.POSITIVE_INFINITY;
}
