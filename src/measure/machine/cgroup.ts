import { freemem, totalmem } from 'node:os';
import { type ReadText, systemFile } from './system-files.js';

/*
 * Linux control groups, versions 1 and 2, nested: a limit of any folder from this process's own one up to the mounted
 * root holds. `docker`, `systemd-run` and Kubernetes set theirs at different heights.
 */

type Controller = 'memory' | 'cpu' | 'pids';

interface Folders {
  readonly version: 1 | 2;
  /** This process's own folder first, then those around it. */
  readonly paths: readonly string[];
}

const noLimit = Number.POSITIVE_INFINITY;
/** What version 1 says for "no limit" is a little less than 2^63. */
const hugeBytes = 2 ** 60;

/** Bytes that this process and its children may take at most; Infinity without a limit. */
export function readMemoryLimit(read: ReadText = systemFile): number {
  return Math.min(noLimit, ...memoryFolders(read).map(({ limit }) => limit));
}

/** Bytes that are left below the narrowest limit; Infinity without one. What the system can drop at once counts as left. */
export function readMemoryLeft(read: ReadText = systemFile): number {
  return Math.min(noLimit, ...memoryFolders(read).map(({ limit, used }) => limit - used));
}

/** Cores' worth of time by quota; Infinity without one. */
export function readCpuQuota(read: ReadText = systemFile): number {
  const quotas = foldersOf('cpu', read).flatMap(({ version, paths }) =>
    paths.map((path) => {
      if (version === 2) {
        // "max 100000" or "150000 100000".
        const [quota, period] = (read(`${path}/cpu.max`) ?? 'max').split(' ');
        return quota !== 'max' && Number(period) > 0 ? Number(quota) / Number(period) : noLimit;
      }
      const quota = Number(read(`${path}/cpu.cfs_quota_us`) ?? -1);
      const period = Number(read(`${path}/cpu.cfs_period_us`) ?? 0);
      return quota > 0 && period > 0 ? quota / period : noLimit;
    }),
  );
  return Math.min(noLimit, ...quotas);
}

/**
 * A count that rises when the system kills somebody for want of memory, in these groups or on the whole machine. Where
 * version 1 does not count kills, the times that memory was refused stand in for it.
 */
export function readOutOfMemoryKills(read: ReadText = systemFile): number {
  const count = (text: string | undefined) => {
    const found = /^oom_kill (\d+)$/m.exec(text ?? '')?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const inGroups = foldersOf('memory', read).flatMap(({ version, paths }) =>
    paths.map((path) =>
      version === 2
        ? (count(read(`${path}/memory.events`)) ?? 0)
        : (count(read(`${path}/memory.oom_control`)) ?? Number(read(`${path}/memory.failcnt`) ?? 0)),
    ),
  );
  return inGroups.reduce((sum, one) => sum + one, count(read('/proc/vmstat')) ?? 0);
}

/** A count that rises when a process or thread is refused because there are as many as these groups may have. */
export function readProcessRefusals(read: ReadText = systemFile): number {
  const counts = foldersOf('pids', read).flatMap(({ paths }) =>
    paths.map((path) => Number(/^max (\d+)$/m.exec(read(`${path}/pids.events`) ?? '')?.[1] ?? 0)),
  );
  return counts.reduce((sum, one) => sum + one, 0);
}

function memoryFolders(read: ReadText): { readonly limit: number; readonly used: number }[] {
  return foldersOf('memory', read).flatMap(({ version, paths }) =>
    paths.flatMap((path) => {
      const names =
        version === 2 ? ['memory.max', 'memory.current'] : ['memory.limit_in_bytes', 'memory.usage_in_bytes'];
      const [limit, used] = names.map((name) => Number(read(`${path}/${name}`) ?? Number.NaN));
      if (!(limit > 0 && limit < hugeBytes)) return [];
      const cached = /^(?:total_)?inactive_file (\d+)$/gm;
      const droppable = [...(read(`${path}/memory.stat`) ?? '').matchAll(cached)].at(-1)?.[1];
      return [{ limit, used: Math.max(0, (used || 0) - Number(droppable ?? 0)) }];
    }),
  );
}

function foldersOf(controller: Controller, read: ReadText): Folders[] {
  const lines = (read('/proc/self/cgroup') ?? '0::/').split('\n');
  const mounts = (read('/proc/self/mountinfo') ?? '').split('\n').map(mountOf);
  return lines.flatMap((line): Folders[] => {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === undefined) return [];
    const isUnified = controllers === '';
    if (!isUnified && !controllers.split(',').includes(controller)) return [];
    const mount = mounts.find((each) =>
      isUnified
        ? each?.type === 'cgroup2'
        : each?.type === 'cgroup' && each.options.split(',').includes(controller),
    ) ?? { point: isUnified ? '/sys/fs/cgroup' : `/sys/fs/cgroup/${controller}`, root: '/' };
    return [{ version: isUnified ? 2 : 1, paths: upwards(mount.point, below(path, mount.root)) }];
  });
}

interface Mount {
  readonly point: string;
  /** Which part of the tree is mounted: a container sees its own one as the root. */
  readonly root: string;
  readonly type: string;
  readonly options: string;
}

/** A line of mountinfo: "32 31 0:29 /docker/x /sys/fs/cgroup/cpu rw shared:9 - cgroup cgroup rw,cpu". */
function mountOf(line: string): Mount | undefined {
  const [before, after] = line.split(' - ');
  const [, , , root, point] = before.split(' ');
  const [type, , options] = after?.split(' ') ?? [];
  return point === undefined || options === undefined ? undefined : { point, root, type, options };
}

/** A path of the whole tree, as seen from the part that is mounted. */
function below(path: string, root: string): string {
  if (root === '/') return path;
  return path === root || path.startsWith(`${root}/`) ? path.slice(root.length) : '/';
}

function upwards(point: string, path: string): string[] {
  const names = path.split('/').filter((name) => name !== '' && name !== '..');
  return Array.from({ length: names.length + 1 }, (_, i) =>
    [point, ...names.slice(0, names.length - i)].join('/'),
  );
}

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
