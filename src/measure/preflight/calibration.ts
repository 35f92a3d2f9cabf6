import type { KernelEntry } from '../../catalog/kernel-entry.js';
import type { Options } from '../../contract/kernel.js';
import type { HostRecord } from '../../results/format.js';
import { readCache, writeCache } from './cache.js';
import { calibrateKernel } from './preflight.js';

const cacheName = 'calibration.json';

export interface Calibration {
  readonly options: Options;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/**
 * What the kernel fixes for this machine: measured once, then kept, so that two runs on one machine do the same work.
 * Undefined for a kernel that has nothing to fix.
 */
export async function calibrationOf(
  entry: KernelEntry,
  host: HostRecord,
  now: () => string,
): Promise<Calibration | undefined> {
  if (entry.plugin.calibrate === undefined) return undefined;
  const known = readCache<Calibration>(cacheName);
  const key = `${entry.id}@${host.fingerprint}/node-${host.node.split('.')[0]}`;
  if (known[key] !== undefined) return known[key];
  const options = await calibrateKernel({ module: entry.module, options: {} }, entry.id);
  const calibration = { options, at: now() };
  writeCache(cacheName, { ...known, [key]: calibration });
  return calibration;
}
