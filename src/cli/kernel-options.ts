import type { KernelEntry } from '../catalog/kernel-entry.js';
import { messageOf } from '../catalog/module.js';
import { suggest } from '../catalog/suggest.js';
import { InputError } from '../contract/errors.js';
import type { Kernel, Options } from '../contract/kernel.js';

/** Options that a scenario sets must be options that the kernel has. */
export function checkKernelOptions({ id, plugin }: KernelEntry, given: Options): void {
  const known = Object.keys(plugin.options);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new InputError(`kernel "${id}" has no option "${unknown}".${suggest(unknown, known)}`);
}

/** Makes the kernel of a point. A kernel that refuses its options throws: the InputError names kernel and options. */
export function makerOf({ id, plugin }: KernelEntry): (options: Options) => Kernel {
  return (options) => {
    const all = { ...plugin.options, ...options };
    try {
      return plugin.make(all);
    } catch (cause) {
      const pairs = Object.entries(all).map(([name, value]) => `${name} ${value}`);
      throw new InputError(
        `kernel "${id}" cannot be made with ${pairs.join(', ') || 'its options'}: ${messageOf(cause)}`,
        { cause },
      );
    }
  };
}
