import type { KernelCosts, Profile } from '../../choose/choose.js';
import { InputError } from '../../contract/errors.js';
import type { AxisValue } from '../../contract/scenario.js';
import { defaultWorkers } from '../../measure/host.js';
import { inspecting } from '../../measure/inspect/inspector.js';
import { realClock } from '../../measure/measure.js';
import type { Plan } from '../../measure/plan.js';
import { measureResident } from '../../measure/resident/resident.js';
import { kernelCostsOf } from '../../model/kernel-costs.js';
import { memoryBandwidthOf, numbersBeyondCaches } from '../../model/scaling/roof.js';
import { type KernelEntry, shippedKernelFiles, shippedStrategyFiles } from '../../plugins/find.js';
import type { CellHeader, HostRecord } from '../../results/format.js';
import type { Caller } from '../caller.js';
import { onPlan } from './measure.js';

/** Enough lists that the turn of the loop around them does not show, and few enough that all but the longest lie in a cache. */
const keys = [8];
/** Short lists cost a call each, long ones fall out of caches: closest where these are, and none is worth a second. */
const length = [1, 16, 512, 16_384];
/** More would take longer than all else together: of much work, the shorter lists tell the price per number. */
const mostSteps = 2 ** 18;

/** What each kernel that ships takes for one list in each form, by its id. Undefined where it was interrupted. */
export async function measureKernels(
  calibrated: Profile['kernel'],
  caller: Caller,
): Promise<Profile['kernels']> {
  const measured = new Map<string, KernelCosts>();
  const { kernels, strategies } = await inspecting({}, async (inspector) => ({
    kernels: await inspector.kernels(shippedKernelFiles()),
    strategies: await inspector.strategies(shippedStrategyFiles()),
  }));
  const inPlace = strategies.filter(({ strategy }) => strategy.computesOn !== undefined);
  for (const entry of kernels) {
    const work = workOf(entry, calibrated);
    const axes = { keys, length, ...work };
    const results = await onPlan(
      caller,
      'calibration',
      { kernel: entry.id, only: inPlace.map(({ label }) => label), axes },
      async (plan) => {
        const { signal } = caller;
        const cells = cellsOf(plan, work);
        const records = await measureResident(plan, cells, { clock: realClock, signal });
        if (records.length < cells.length && !signal.aborted)
          caller.note(
            `${entry.id}: ${cells.length - records.length} of ${cells.length} costs are left out, their cells did not come to an end.`,
          );
        return { header: plan.header, records, notes: [] };
      },
    );
    if (results === undefined) return undefined;
    const costs = kernelCostsOf(results);
    if (costs.costs.length > 0) measured.set(entry.id, costs);
  }
  return Object.fromEntries(measured);
}

/** Waiting is no work. */
function cellsOf({ header, runnable }: Plan, work: Work): CellHeader[] {
  if (header.scenario.kernel.kind === 'wait') return [];
  return runnable.filter(({ point, elements }) => {
    const [most = 1] = Object.keys(work).map((name) => Number(point[name]));
    return elements * most <= mostSteps;
  });
}

/** Values by the option's name; empty where the kernel has none. */
type Work = Readonly<Record<string, readonly AxisValue[]>>;

/**
 * The values of the option that says how much work a kernel does, where it has one: once, and much more than it stands at: a step
 * costs what the next one does. Of the
 * calibrated kernel next to none: its formula has a price of work, and what is asked here is its loop over the numbers.
 */
function workOf({ id, plugin }: KernelEntry, calibrated: Profile['kernel']): Work {
  if (id === calibrated.id) return { cost: [1e-9] };
  const [option, ...others] = Object.entries(plugin.options).filter(([, value]) => typeof value === 'number');
  if (option === undefined || others.length > 0) return {};
  const [name, standard] = option;
  return { [name]: [1, 16 * Number(standard)] };
}

/**
 * How fast memory lets data through: the scenario `bandwidth` at the first size past all caches. Empty where there is no room for
 * that, which is said; undefined where it was interrupted.
 */
export async function measureBandwidth(
  host: HostRecord,
  caller: Caller,
): Promise<Pick<Profile, 'bandwidth'> | undefined> {
  const axes = {
    keys: [1],
    length: [numbersBeyondCaches(host)],
    operation: ['copy'],
    workers: [...new Set([1, defaultWorkers(host.usableCores)])],
  };
  try {
    const shipped = await inspecting({}, (inspector) => inspector.strategies(shippedStrategyFiles()));
    const only = shipped.filter(({ strategy }) => strategy.fillsMemoryBandwidth).map(({ label }) => label);
    const results = await onPlan(caller, 'bandwidth', { only, axes, limitMs: 20_000 }, async (plan) => {
      // To look through so many answers takes three times as long as everything else.
      const how = { clock: realClock, signal: caller.signal, verify: false };
      const records = await measureResident(plan, plan.runnable, how);
      return { header: plan.header, records, notes: [] };
    });
    if (results === undefined) return undefined;
    const bandwidth = memoryBandwidthOf(results);
    if (bandwidth !== undefined) return { bandwidth };
    caller.note('The bandwidth of memory is left out: its cells did not come to an end.');
    return {};
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    caller.note(`The bandwidth of memory is left out: ${cause.message}`);
    return {};
  }
}
