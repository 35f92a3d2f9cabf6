import { readFileSync, writeFileSync } from 'node:fs';

/** This process's resident high-water mark in bytes (Linux: VmHWM; elsewhere the maximum since the process began). */
export function readPeakBytes(): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1_024;
  } catch {
    // No /proc: not Linux.
  }
  return process.resourceUsage().maxRSS * 1_024;
}

/** Starts the high-water mark again from what is resident now; false where the system cannot. */
export function resetPeak(): boolean {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
    return true;
  } catch {
    return false;
  }
}
