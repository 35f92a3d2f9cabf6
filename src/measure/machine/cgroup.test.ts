import { describe, expect, test } from 'vitest';
import {
  availableBytes,
  readCpuQuota,
  readMemoryLeft,
  readMemoryLimit,
  readOutOfMemoryKills,
  toldAvailableBytes,
} from './cgroup.js';

const reading = (files: Readonly<Record<string, string>>) => (path: string) => files[path];

const v2 = {
  '/proc/self/cgroup': '0::/system.slice/run-1.scope/inner',
  '/proc/self/mountinfo': '29 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw',
};
const scope = '/sys/fs/cgroup/system.slice/run-1.scope';

/** Docker without a namespace of its own for control groups: the path is the host's, and only its part is mounted. */
const v1 = {
  '/proc/self/cgroup': '5:cpu,cpuacct:/docker/abc/job\n4:memory:/docker/abc/job\n0::/',
  '/proc/self/mountinfo': [
    '32 31 0:29 /docker/abc /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct',
    '35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory',
  ].join('\n'),
};

describe('limits of control groups are those of the narrowest folder on the way up:', () => {
  test('version 2, set by systemd-run on the scope', () => {
    const read = reading({
      ...v2,
      [`${scope}/inner/memory.max`]: 'max',
      [`${scope}/memory.max`]: '200000000',
      [`${scope}/memory.current`]: '90000000',
      [`${scope}/memory.stat`]: 'anon 50000000\ninactive_file 30000000\nactive_file 1',
      [`${scope}/cpu.max`]: '150000 100000',
      '/sys/fs/cgroup/system.slice/memory.max': '400000000',
      '/proc/meminfo': 'MemAvailable:   8000000 kB',
    });
    expect(readMemoryLimit(read)).toBe(200_000_000);
    expect(readMemoryLeft(read)).toBe(140_000_000);
    expect(toldAvailableBytes(read)).toBe(140_000_000);
    expect(readCpuQuota(read)).toBe(1.5);
  });

  test('version 1, in a container that sees its own part alone', () => {
    const read = reading({
      ...v1,
      '/sys/fs/cgroup/memory/job/memory.limit_in_bytes': '9223372036854771712',
      '/sys/fs/cgroup/memory/memory.limit_in_bytes': '167772160',
      '/sys/fs/cgroup/memory/memory.usage_in_bytes': '67772160',
      '/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us': '-1',
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '50000',
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000',
    });
    expect(readMemoryLimit(read)).toBe(167_772_160);
    expect(readMemoryLeft(read)).toBe(100_000_000);
    expect(readCpuQuota(read)).toBe(0.5);
  });

  test('none: no limit, and all that the machine has', () => {
    const read = reading({ '/proc/meminfo': 'MemAvailable:   8000 kB' });
    expect([readMemoryLimit(read), readMemoryLeft(read), readCpuQuota(read)]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    expect(toldAvailableBytes(read)).toBe(8_192_000);
    expect(availableBytes()).toBeGreaterThan(2 ** 20);
  });
});

test.each([
  ['version 2', { ...v2 }, `${scope}/memory.events`, 'low 0\noom 3\noom_kill 2'],
  ['version 1', { ...v1 }, '/sys/fs/cgroup/memory/memory.oom_control', 'under_oom 0\noom_kill 2'],
  ['version 1 of old kernels', { ...v1 }, '/sys/fs/cgroup/memory/memory.failcnt', '2'],
  ['the whole machine', {}, '/proc/vmstat', 'pgfault 1\noom_kill 2'],
])('kills for want of memory are counted: %s', (_, files, path, text) => {
  const before = readOutOfMemoryKills(reading({ ...files, [path]: text.replace('2', '1') }));
  expect(readOutOfMemoryKills(reading({ ...files, [path]: text }))).toBe(before + 1);
});
