import type { ListForm, Profile } from '../../../src/choose/choose.js';
import { kernelNs } from '../../../src/model/kernel-costs.js';
import type { CellHeader, Results } from '../../../src/results/format.js';
import type { KernelWork } from './predicted.js';

/** What a cell's kernel takes per list; undefined where the profile does not tell. */
export type Works = (cell: CellHeader, form: ListForm) => KernelWork | undefined;

/** The scenario's kernel in the currency of the profile, work per list. */
export function worksOf({ kernels = {}, kernel: calibrated }: Profile, { header }: Results): Works {
  const { id, kind, options } = header.scenario.kernel;
  const optionAt = ({ point }: CellHeader, option: string) => Number(point[option] ?? options[option]);
  if (kind === 'wait') return (cell) => alone(1_000 * optionAt(cell, 'ms'));
  if (id === calibrated.id) return (cell) => alone(optionAt(cell, 'cost'));
  const own = kernels[id];
  const loop = kernels[calibrated.id];
  if (own === undefined || loop === undefined) return () => undefined;
  return (cell, form) => {
    const length = Math.max(1, cell.elements / cell.keys);
    const work = own.workOption === undefined ? 1 : optionAt(cell, own.workOption);
    const whole = kernelNs(own, { form, length, work });
    // The calibrated kernel has no WASM twin; what numbers cost on the way is the same as for typed arrays.
    const without = kernelNs(loop, { form: form === 'wasm' ? 'typed' : form, length, work: 1 });
    if (whole === undefined || without === undefined) return undefined;
    return { whole: whole / 1e3, more: (whole - without) / 1e3 };
  };
}

/** Of the profile's own kernel, and of one that waits, the numbers come on top. */
function alone(work: number): KernelWork {
  return { whole: work, more: work };
}
