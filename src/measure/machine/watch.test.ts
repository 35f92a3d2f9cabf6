import { describe, expect, it } from 'vitest';
import { machineWatch } from './watch.js';

const self = (own: number) => `7 (node (x)) S ${'0 '.repeat(10)}${own} 0 0 0 20 0`;

/** A machine of which `files` is all that can be read. */
function watched(files: Record<string, string>, later: Record<string, string>) {
  let now = files;
  const watch = machineWatch({ read: (path) => now[path], spinNs: () => 900_000 });
  watch.cellStarts();
  now = later;
  return watch.cellEnded();
}

describe('the machine around a cell', () => {
  it('is what others and the hypervisor took, the cell itself taken off', () => {
    const seen = watched(
      {
        '/proc/stat': 'cpu  100 0 0 1000 0 0 0 0',
        '/proc/self/stat': self(50),
        '/proc/meminfo': 'MemAvailable: 2048 kB',
      },
      {
        '/proc/stat': 'cpu  180 0 0 1100 0 0 0 20',
        '/proc/self/stat': self(100),
        '/proc/loadavg': '1.50 1 1 1/9 3',
      },
    );
    expect(seen).toEqual({
      spinNs: 900_000,
      load1: 1.5,
      freeBytes: 2_097_152,
      othersShare: 0.15,
      stealShare: 0.1,
    });
  });

  it('is only the spin where the system has no such files', () => {
    expect(watched({}, {})).toEqual({ spinNs: 900_000 });
  });

  it('is no share where no tick went by', () => {
    const files = { '/proc/stat': 'cpu  1 0 0 1 0 0 0 0', '/proc/self/stat': self(1) };
    expect(watched(files, files)).toEqual({ spinNs: 900_000 });
  });
});
