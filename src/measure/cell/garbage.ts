import { GcMeter } from '../../workers/gc-meter.js';
import { collectGarbageInPools, hasPools } from '../../workers/registry.js';

/** Below this, collecting before each sample would cost more than the sample. */
export const collectAboveNs = 1e6;

/** Every isolate collects: garbage of one sample must not be charged to the next. */
export async function collectEverywhere(): Promise<void> {
  globalThis.gc?.();
  if (hasPools()) await collectGarbageInPools();
}

/** Garbage-collection time of the main isolate; forced collections do not count. */
export const mainGc = new GcMeter();
