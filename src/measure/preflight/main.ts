import { loadKernelPlugin } from '../../catalog/kernel.js';
import type { Options } from '../../contract/kernel.js';
import { leaveReapingToDriver } from '../../process/reaper/reaper.js';
import type { PreflightOrder } from './order.js';
import { type ProbeResult, probe } from './probe.js';

export type PreflightMessage =
  | { readonly type: 'calibrated'; readonly options: Options }
  | { readonly type: 'probed'; readonly result: ProbeResult }
  | { readonly type: 'failed'; readonly message: string };

/* Entry of the process that looks at a kernel before anything is measured: what hangs or crashes here costs no run. */
const say = (message: PreflightMessage) =>
  new Promise<void>((resolve) => process.send?.(message, () => resolve()));

leaveReapingToDriver();
process.once('message', (order: PreflightOrder) => {
  answer(order)
    .catch((cause: unknown): PreflightMessage => {
      return { type: 'failed', message: cause instanceof Error ? cause.message : String(cause) };
    })
    .then(say)
    .then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(1));

async function answer(order: PreflightOrder): Promise<PreflightMessage> {
  if (order.type === 'probe') return { type: 'probed', result: await probe(order) };
  const plugin = await loadKernelPlugin(order.kernel.module);
  return { type: 'calibrated', options: plugin.calibrate?.() ?? {} };
}
