import type { KernelEntry } from '../catalog/kernel-files.js';
import { suggest } from '../catalog/suggest.js';
import { InputError } from '../contract/errors.js';
import type { Options } from '../contract/kernel.js';

/** Options that a scenario sets must be options that the kernel has. */
export function checkKernelOptions({ id, plugin }: KernelEntry, given: Options): void {
  const known = Object.keys(plugin.options);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new InputError(`kernel "${id}" has no option "${unknown}".${suggest(unknown, known)}`);
}
