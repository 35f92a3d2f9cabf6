import { workerData } from 'node:worker_threads';
import { type KernelRef, loadKernel } from 'breakeven';

/* What piscina's threads run: `default` is a task, `ready` one that does nothing. */
const { kernel } = await loadKernel(workerData as KernelRef);

/** The answer of one list: a list, or a number where the kernel reduces. */
export default function answer(xs: number[] | Float64Array): unknown {
  if (kernel.kind === 'reduce') return kernel.list(xs);
  if (kernel.kind === 'wait') return kernel.list(xs).then((list) => list ?? xs);
  if (kernel.fresh !== undefined) return kernel.fresh(xs);
  const out = xs.slice();
  kernel.list(xs, out);
  return out;
}

export function ready(): void {}
