import { readHost } from '../../src/measure/host.js';
import { type CellOrder, fullSampling } from '../../src/measure/order.js';
import { calibrate } from '../../src/measure/preflight/calibration.js';
import { findKernel } from '../../src/plugins/kernel.js';
import { findStrategies } from '../../src/plugins/strategy.js';
import type { HostRecord } from '../../src/results/format.js';

/** Keys of the dictionary: the cost of a list is the cell's time over these. */
const keys = 4;

export interface Cells {
  readonly host: HostRecord;
  /** `ms` of work, times `work`, as `who`. */
  order(ms: number, who: string, work: number): CellOrder;
}

/** Cells of the kernel `burn` under `for-loop`: the same strategy throughout, only the work differs. */
export async function cellsOfBurn(): Promise<Cells> {
  const [strategy] = await findStrategies(['for-loop']);
  const kernel = await findKernel('burn');
  const host = readHost();
  const calibration = await calibrate({ ...kernel, plugin: { calibrates: true } }, host, () =>
    new Date().toISOString(),
  );
  return {
    host,
    order: (ms, who, work) => ({
      cell: `${ms} ms`,
      label: who,
      strategy: { module: strategy.module, options: strategy.options },
      kernel: {
        module: kernel.module,
        options: { ...calibration?.options, cost: (1_000 * ms * work) / keys },
      },
      from: 'lists',
      data: { kind: 'generated', spec: { keys, length: 10, skew: 'equal', values: 'doubles', seed: 1 } },
      workers: 1,
      chunk: 'balanced',
      // Warm is what is compared: the other accounts get their minima.
      sampling: { ...fullSampling, warmMs: 120, stagesMs: 1, residentMs: 1 },
      limitMs: 30_000,
      heapMegabytes: 2_048,
      verify: true,
    }),
  };
}
