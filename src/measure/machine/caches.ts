import type { CacheRecord } from '../../results/format.js';
import type { ReadText } from './system-files.js';

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
