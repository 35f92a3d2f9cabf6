import type { MachineRecord } from '../../results/format.js';
import { toldAvailableBytes } from './cgroup.js';
import { spinNs } from './spin.js';
import {
  type ProcessorTime,
  processorTime,
  type ReadText,
  sharesBetween,
  systemFile,
} from './system-files.js';

/** Looks at the machine before and after each cell, never while one runs. */
export interface MachineWatch {
  cellStarts(): void;
  /** What was seen since the last `cellStarts`; fields that the system does not tell are absent. */
  cellEnded(): MachineRecord;
}

export interface MachineSource {
  readonly read: ReadText;
  readonly spinNs: () => number;
}

export function machineWatch(
  { read, spinNs: spin }: MachineSource = { read: systemFile, spinNs },
): MachineWatch {
  let before: ProcessorTime | undefined;
  let spun = 0;
  let free: number | undefined;
  return {
    cellStarts: () => {
      spun = spin();
      free = toldAvailableBytes(read);
      before = processorTime(read);
    },
    cellEnded: () => {
      const after = processorTime(read);
      const load1 = Number.parseFloat(read('/proc/loadavg') ?? '');
      return {
        spinNs: spun,
        ...(Number.isNaN(load1) ? {} : { load1 }),
        ...(free === undefined ? {} : { freeBytes: free }),
        ...(before === undefined || after === undefined ? {} : sharesBetween(before, after)),
      };
    },
  };
}
