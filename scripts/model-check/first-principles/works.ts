import { findKernel, type KernelEntry } from '../../../src/catalog/kernel-entry.js';
import type { Profile } from '../../../src/choose/choose.js';
import type { KernelRef } from '../../../src/contract/kernel.js';
import type { CellHeader, Results } from '../../../src/results/format.js';
import type { Form } from './kernel-cost-main.js';
import { type CostCase, kernelCosts } from './kernel-costs.js';
import type { KernelWork } from './predicted.js';

export type Works = (cell: CellHeader, form: Form) => KernelWork;

/**
 * The scenario's kernel in the currency of the profile, work per list. It is known where the profile's own kernel, or one that
 * waits, is asked about; any other is timed now, on one list of each length.
 */
export async function worksOf(profile: Profile, { header }: Results): Promise<Works> {
  const { kernel } = header.scenario;
  const entry = await findKernel(kernel.id);
  const calibrated = await findKernel(profile.kernel.id);
  const refOf = ({ point }: CellHeader): KernelRef => {
    const own = Object.keys(entry.plugin.options).filter((name) => name in point);
    const swept = Object.fromEntries(own.map((name) => [name, point[name]]));
    return { module: entry.module, options: { ...kernel.options, ...header.calibration?.options, ...swept } };
  };
  if (kernel.kind === 'wait') return (cell) => alone(1_000 * Number(refOf(cell).options.ms));
  if (kernel.id === profile.kernel.id) return (cell) => alone(Number(refOf(cell).options.cost));
  const caseOf = (cell: CellHeader, form: Form): CostCase => {
    return { ref: refOf(cell), form, length: lengthOf(cell) };
  };
  const idleOf = (cell: CellHeader, form: Form): CostCase => {
    // It has no WASM twin; what numbers cost on the way is the same as for typed arrays.
    return { ref: idle(calibrated), form: form === 'wasm' ? 'typed' : form, length: lengthOf(cell) };
  };
  const forms: readonly Form[] = hasTwin(entry, kernel.options)
    ? ['list', 'typed', 'wasm']
    : ['list', 'typed'];
  const costOf = kernelCosts(
    header.cells.flatMap((cell) => forms.flatMap((form) => [caseOf(cell, form), idleOf(cell, form)])),
  );
  return (cell, form) => {
    const whole = costOf(caseOf(cell, form)) / 1e3;
    return { whole, more: whole - costOf(idleOf(cell, form)) / 1e3 };
  };
}

/** Of the profile's own kernel, and of one that waits, the numbers come on top. */
function alone(work: number): KernelWork {
  return { whole: work, more: work };
}

/** One step of work and no more: its loop over the numbers is left. */
function idle({ module }: KernelEntry): KernelRef {
  return { module, options: { cost: 1e-9, rate: 1 } };
}

function hasTwin({ plugin }: KernelEntry, options: KernelRef['options']): boolean {
  const kernel = plugin.make({ ...plugin.options, ...options });
  return kernel.kind !== 'wait' && kernel.wasm !== undefined;
}

function lengthOf({ keys, elements }: CellHeader): number {
  return Math.max(1, Math.round(elements / keys));
}
