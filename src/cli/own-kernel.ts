import type { KernelEntry } from '../catalog/kernel-files.js';
import { packageHref } from '../catalog/module.js';
import type { Options } from '../contract/kernel.js';
import { inspecting } from '../measure/inspect/inspector.js';
import type { Plan } from '../measure/plan.js';

/** Is it somebody's own file? The kernels that ship have tests of their own. */
export function isOwn({ module }: KernelEntry): boolean {
  return !module.startsWith(packageHref);
}

/**
 * Tries somebody's own kernel on a few lists of the smallest cell, which are enough to see what it does. Returns the
 * options that this found (the kind of a plain function). Throws an InputError that says what is wrong with it.
 */
export async function tryOwnKernel(kernel: KernelEntry, plan: Plan): Promise<Options> {
  const smallest = plan.header.cells.reduce((a, b) => (b.elements < a.elements ? b : a));
  const { kernel: ref, from, data } = plan.order(smallest.id);
  const { plainKind } = await inspecting({}, (inspector) =>
    inspector.probe({ kernel: ref, from, data }, kernel.id),
  );
  return plainKind === undefined ? {} : { kind: plainKind };
}
