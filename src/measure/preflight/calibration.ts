import type { KernelEntry, KernelFile } from '../../catalog/kernel-files.js';
import type { Options } from '../../contract/kernel.js';
import type { HostRecord } from '../../results/format.js';
import { v } from '../../results/valid.js';
import { inspecting } from '../inspect/inspector.js';
import { readCache, writeCache } from './cache.js';

const cacheName = 'calibration.json';

const calibrationSchema = v.object({
  options: v.record(v.string(), v.union([v.number(), v.string()])),
  at: v.string(),
});

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
  entry: KernelFile & { readonly plugin: Pick<KernelEntry['plugin'], 'calibrates'> },
  host: HostRecord,
  now: () => string,
): Promise<Calibration | undefined> {
  if (!entry.plugin.calibrates) return undefined;
  const known = readCache(cacheName, calibrationSchema);
  const key = `${entry.id}@${host.fingerprint}/node-${host.node.split('.')[0]}`;
  if (known[key] !== undefined) return known[key];
  const options = await inspecting({}, (inspector) => inspector.calibrate(entry));
  const calibration = { options, at: now() };
  writeCache(cacheName, { ...known, [key]: calibration });
  return calibration;
}
