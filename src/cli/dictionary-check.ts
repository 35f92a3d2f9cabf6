import { InputError } from '../contract/errors.js';
import { listLengths } from '../dictionary/generate.js';
import { checkLongest, checkSpec, type DictionarySpec } from '../dictionary/spec.js';
import type { Plan } from '../measure/plan.js';

/** Below this many numbers in all no single list can be too long for one array. */
const harmless = 2 ** 27 - 3;

/** Can each generated dictionary of the plan exist at all? The generator would refuse it in the middle of a run. */
export function checkDictionaries({ runnable, order }: Plan): void {
  for (const { id } of runnable) {
    const { data, from } = order(id);
    if (data.kind !== 'generated') continue;
    try {
      checkSpec(data.spec);
      if (from === 'lists') checkLongest(data.spec, longestOf(data.spec));
    } catch (cause) {
      throw new InputError(`${(cause as Error).message}.`, { cause });
    }
  }
}

function longestOf({ keys, length, skew, seed }: DictionarySpec): number {
  if (skew === 'equal' || keys * length <= harmless) return length;
  return listLengths(keys, length, skew, seed).reduce((longest, each) => Math.max(longest, each));
}
