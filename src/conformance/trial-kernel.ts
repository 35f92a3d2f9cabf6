import { loadKernel } from '../catalog/kernel.js';
import { type LoadedKernelEntry, shippedKernels } from '../catalog/kernel-entry.js';
import { plainKindOption } from '../catalog/plain-function.js';
import type { Kernel, KernelPlugin, KernelRef, Options } from '../contract/kernel.js';

/** A kernel to try strategies on, as the strategy gets it, and a second instance that knows the right answers. */
export interface TrialKernel {
  readonly name: string;
  readonly ref: KernelRef;
  readonly plugin: KernelPlugin;
  readonly kernel: Kernel;
  readonly check: Kernel;
}

/** Options by whose size a kernel's work grows: as small as they go, since only answers are looked at. */
const smallOptions: Options = { ms: 1, cost: 1, rate: 1 };

/** All kernels that ship, with little work each. */
export async function shippedTrialKernels(): Promise<TrialKernel[]> {
  const entries = await shippedKernels();
  return Promise.all(entries.map((entry) => trialKernel(entry)));
}

/** A plain function that answers short lists with its input itself: no session may write into what it is given so. */
export function ownListKernel(): Promise<TrialKernel> {
  return fixtureKernel('own-list', { [plainKindOption]: 'map' });
}

/** A kernel of the conformance folder, made to go wrong. */
export function fixtureKernel(
  name: 'exits' | 'own-list' | 'throws' | 'waits',
  options: Options = {},
): Promise<TrialKernel> {
  return loadTrial(name, { module: new URL(`./kernels/${name}.js`, import.meta.url).href, options });
}

async function trialKernel({ id, module, plugin }: LoadedKernelEntry): Promise<TrialKernel> {
  const small = Object.entries(smallOptions).filter(([name]) => name in plugin.options);
  return loadTrial(id, { module, options: Object.fromEntries(small) });
}

async function loadTrial(name: string, asked: KernelRef): Promise<TrialKernel> {
  const { kernel, plugin, ref } = await loadKernel(asked);
  const check = await loadKernel({ ...asked, module: `${asked.module}?check` });
  return { name, ref, plugin, kernel, check: check.kernel };
}
