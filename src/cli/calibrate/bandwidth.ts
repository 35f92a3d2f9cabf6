import { shippedStrategyFiles } from '../../catalog/strategy-files.js';
import type { Profile } from '../../choose/choose.js';
import { InputError } from '../../contract/errors.js';
import { defaultWorkers } from '../../measure/host.js';
import { inspecting } from '../../measure/inspect/inspector.js';
import { realClock } from '../../measure/measure.js';
import { measureResident } from '../../measure/resident/resident.js';
import { memoryBandwidthOf, numbersBeyondCaches } from '../../model/scaling/roof.js';
import type { HostRecord } from '../../results/format.js';
import { note } from '../terminal-lines.js';
import { onPlan } from './on-plan.js';

/**
 * How fast memory lets data through: the scenario `bandwidth` at the first size past all caches. Empty where there is no room for
 * that, which is said; undefined where it was interrupted.
 */
export async function measureBandwidth(host: HostRecord): Promise<Pick<Profile, 'bandwidth'> | undefined> {
  const axes = {
    keys: [1],
    length: [numbersBeyondCaches(host)],
    operation: ['copy'],
    workers: [...new Set([1, defaultWorkers(host.usableCores)])],
  };
  try {
    const shipped = await inspecting({}, (inspector) => inspector.strategies(shippedStrategyFiles()));
    const only = shipped.filter(({ strategy }) => strategy.fillsMemoryBandwidth).map(({ label }) => label);
    const results = await onPlan('bandwidth', { only, axes, limitMs: 20_000 }, async (plan, signal) => {
      // To look through so many answers takes three times as long as everything else.
      const how = { clock: realClock, signal, verify: false };
      const records = await measureResident(plan, plan.runnable, how);
      return { header: plan.header, records, notes: [] };
    });
    if (results === undefined) return undefined;
    const bandwidth = memoryBandwidthOf(results);
    if (bandwidth !== undefined) return { bandwidth };
    note('The bandwidth of memory is left out: its cells did not come to an end.');
    return {};
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    note(`The bandwidth of memory is left out: ${cause.message}`);
    return {};
  }
}
