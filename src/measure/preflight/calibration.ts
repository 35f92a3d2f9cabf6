import type { Options } from '../../contract/kernel.js';
import type { KernelEntry, KernelFile } from '../../plugins/find.js';
import type { CalibrationRecord, HostRecord } from '../../results/format.js';
import { v } from '../../results/valid.js';
import { inspecting } from '../inspect/inspector.js';
import { type ReadText, systemFile } from '../machine/system-files.js';
import { readCache, writeCache } from './cache.js';

const cacheName = 'calibration.json';

const calibrationSchema = v.object({
  options: v.record(v.string(), v.union([v.number(), v.string()])),
  at: v.string(),
  load1: v.optional(v.number()),
});

/** Two measurements of one machine are the same within this share. */
const sameWithin = 0.05;

export interface CalibrationSource {
  /** Has the kernel measure the machine. */
  measure(): Promise<Options>;
  /** ISO 8601, UTC. */
  now(): string;
  readonly read: ReadText;
}

/**
 * What the kernel fixes for this machine, measured before each run. The options of an earlier run are taken where the new
 * ones are the same within 5 %, so that two runs on one machine do the same work; a measurement that was wrong once, on
 * a busy machine, does not last. Undefined for a kernel that has nothing to fix.
 */
export async function calibrate(
  entry: KernelFile & { readonly plugin: Pick<KernelEntry['plugin'], 'calibrates' | 'calibrated'> },
  host: HostRecord,
  now: () => string,
  source: CalibrationSource = {
    measure: () => inspecting({}, (inspector) => inspector.calibrate(entry)),
    now,
    read: systemFile,
  },
): Promise<CalibrationRecord | undefined> {
  if (!entry.plugin.calibrates) return undefined;
  const { calibrated } = entry.plugin;
  const known = readCache(cacheName, calibrationSchema);
  const key = `${entry.id}@${host.fingerprint}/node-${host.node.split('.')[0]}`;
  const earlier = known[key];
  const load1 = Number.parseFloat(source.read('/proc/loadavg') ?? '');
  const measured = {
    options: await source.measure(),
    at: source.now(),
    ...(Number.isNaN(load1) ? {} : { load1 }),
  };
  const isSame = earlier !== undefined && areSame(earlier.options, measured.options);
  if (!isSame) writeCache(cacheName, { ...known, [key]: measured });
  const { load1: load, ...rest } = isSame ? earlier : measured;
  return {
    ...rest,
    ...(load === undefined ? {} : { load1: load }),
    ...(calibrated === undefined ? {} : { axis: calibrated }),
  };
}

function areSame(before: Options, now: Options): boolean {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].every((name) => {
    const [a, b] = [before[name], now[name]];
    if (typeof a !== 'number' || typeof b !== 'number') return a === b;
    return Math.abs(a - b) <= sameWithin * Math.min(Math.abs(a), Math.abs(b));
  });
}
