import { findKernel } from '../../catalog/kernel-entry.js';
import type { Profile } from '../../choose/choose.js';
import type { AxisValue } from '../../contract/scenario.js';
import { modelsOf, profileOf } from '../../model/profile.js';
import { measureNow } from '../calibrate/measure.js';
import { note } from '../terminal-lines.js';
import type { AdviseRequest } from './arguments.js';

/** What could win with a function of one's own: the vectorised ones drop out where it has no such form. */
const strategies = [
  'for-loop',
  'async-tasks',
  'typed-array',
  'wasm-simd',
  'worker-threads',
  'worker-threads-shared',
  'child-process',
];

/** More numbers would take more than a few seconds. */
const mostNumbers = 2_000_000;
/** Beside the size that is asked about, one that is so much smaller: what would change the answer. */
const smaller = 8;

/**
 * Measures somebody's own kernel where it is asked about, and with less of everything, each cell once: a profile that is
 * kept nowhere. Undefined where it was interrupted. Throws as `bench` does on a kernel or data that cannot be used.
 */
export async function ownProfile(
  kernel: string,
  { keys, length, data, groupBy, value }: AdviseRequest,
): Promise<Profile | undefined> {
  note('Measures your function for a few seconds, each cell once: quick, and so with wide bands.');
  const results = await measureNow({
    kernel,
    strategies,
    ...(data === undefined ? {} : { data, groupBy, value }),
    axes: {
      ...(data === undefined ? axesNear(keys, length) : { keys: distinct(keys) }),
      ...(await ownWork(kernel)),
    },
    limitMs: 10_000,
  });
  return results === undefined ? undefined : profileOf(results, modelsOf(results));
}

/** Calibration sweeps `cost`, the work of its own kernel; one that has such an option, too, is measured as it stands. */
async function ownWork(kernel: string): Promise<Record<string, AxisValue[]>> {
  const { cost } = (await findKernel(kernel)).plugin.options;
  if (cost === undefined) return {};
  note(`Its option cost stays as it stands: ${cost}.`);
  return { cost: [cost] };
}

/** Fewer keys first: the length of a list decides more about what is the fastest than how many there are. */
function axesNear(keys: number, length: number): Record<string, number[]> {
  const most = Math.max(1, Math.min(Math.round(length), mostNumbers));
  const held = Math.max(1, Math.min(Math.round(keys), Math.floor(mostNumbers / most)));
  return { keys: distinct(held), length: distinct(most) };
}

function distinct(most: number): number[] {
  return [...new Set([Math.max(1, Math.round(most / smaller)), most])];
}
