import { readFileSync } from 'node:fs';
import type { CacheRecord } from '../../results/format.js';

/** Reads a file of the system; undefined where there is none (macOS, Windows, a container that hides it). */
export type ReadText = (path: string) => string | undefined;

export const systemFile: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
};

/** Clock ticks since boot (10 ms each on Linux), summed over all processors. */
export interface ProcessorTime {
  readonly all: number;
  /** Not idle and not stolen. */
  readonly busy: number;
  /** Taken by the hypervisor for other machines. */
  readonly steal: number;
  /** Of this process and of every child that has ended: its cells. */
  readonly own: number;
}

/**
 * Undefined where the system does not say. Children count for `own` once they have ended and been waited for, which is
 * why a reading belongs between two cells.
 */
export function processorTime(read: ReadText): ProcessorTime | undefined {
  // "cpu  user nice system idle iowait irq softirq steal …": proc(5)
  const fields = /^cpu\s+(.+)$/m
    .exec(read('/proc/stat') ?? '')?.[1]
    .split(/\s+/)
    .map(Number);
  // The name in brackets may hold blanks and brackets; after the last one: state ppid … utime stime cutime cstime.
  const own = /\)\s([^)]*)$/.exec(read('/proc/self/stat') ?? '')?.[1].split(/\s+/);
  if (fields === undefined || fields.length < 4 || own === undefined || own.length < 15) return undefined;
  const [user, nice, system, idle, wait = 0, irq = 0, softIrq = 0, steal = 0] = fields;
  const busy = user + nice + system + irq + softIrq;
  return { all: busy + idle + wait + steal, busy, steal, own: sum(own.slice(11, 15).map(Number)) };
}

/** What others took of all processors' time between two readings, 0 to 1; undefined where no tick lies between. */
export function sharesBetween(
  from: ProcessorTime,
  to: ProcessorTime,
): { readonly othersShare: number; readonly stealShare: number } | undefined {
  const all = to.all - from.all;
  if (!(all > 0)) return undefined;
  const share = (ticks: number) => Math.round(1_000 * Math.min(1, Math.max(0, ticks / all))) / 1_000;
  return {
    othersShare: share(to.busy - from.busy - (to.own - from.own)),
    stealShare: share(to.steal - from.steal),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const scale: Readonly<Record<string, number>> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Caches of the first processor that hold data, smallest first; empty where the system does not tell. */
export function dataCaches(read: ReadText): CacheRecord[] {
  const found = [0, 1, 2, 3, 4].flatMap((index): CacheRecord[] => {
    const of = (name: string) => read(`/sys/devices/system/cpu/cpu0/cache/index${index}/${name}`);
    const size = /^(\d+)([KMG])$/.exec(of('size') ?? '');
    if (size === null || of('type')?.toLowerCase() === 'instruction') return [];
    return [{ name: `L${of('level')}`, bytes: Number(size[1]) * scale[size[2]] }];
  });
  return found.sort((a, b) => a.bytes - b.bytes);
}
