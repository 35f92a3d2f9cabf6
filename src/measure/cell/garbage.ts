import { getHeapStatistics } from 'node:v8';
import { GcMeter } from '../../workers/gc-meter.js';
import { collectGarbageInPools, hasPools } from '../../workers/registry.js';

/** Below this, collecting before each sample would cost more than the sample. */
export const collectAboveNs = 1e6;

/** A heap that has grown by less since it was last collected holds no garbage that could be charged to anybody. */
const noGarbageBytes = 256 * 1024;

let heldBytes = 0;

/** Every isolate collects: garbage of one sample must not be charged to the next. */
export async function collectEverywhere(): Promise<void> {
  if (globalThis.gc !== undefined && usedBytes() - heldBytes > noGarbageBytes) {
    globalThis.gc();
    heldBytes = usedBytes();
  }
  if (hasPools()) await collectGarbageInPools();
}

function usedBytes(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}

/** Garbage-collection time of the main isolate; forced collections do not count. */
export const mainGc = new GcMeter();
