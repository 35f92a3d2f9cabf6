import type { Form } from '../../src/contract/dictionary.js';
import { cellBytes, heapMegabytes } from '../../src/measure/memory.js';
import { fullSampling, type Sampling } from '../../src/measure/order.js';
import { findStrategies } from '../../src/plugins/strategy.js';
import type { MeasuredInFull } from '../../src/results/format.js';
import { runCell } from './run-cell.js';

export interface CellRequest {
  readonly strategy: string;
  readonly keys: number;
  readonly length: number;
  readonly from: Form;
  readonly values?: 'ints' | 'doubles';
  readonly verify?: boolean;
  readonly sampling?: Sampling;
}

/** Measures one cell of `square-minus-13` as `bench` would. */
export async function measureCell(
  request: CellRequest,
): Promise<MeasuredInFull & { readonly estimatedBytes: number }> {
  const {
    strategy,
    keys,
    length,
    from,
    values = 'doubles',
    verify = true,
    sampling = fullSampling,
  } = request;
  const [entry] = await findStrategies([strategy]);
  const elements = keys * length;
  const size = { keys, elements, answers: elements, from, values };
  const estimatedBytes = cellBytes(size, entry.strategy.family, entry.strategy.footprint ?? {}, 2);
  const outcome = await runCell(entry, {
    from,
    data: { kind: 'generated', spec: { keys, length, skew: 'equal', values, seed: 1 } },
    workers: 2,
    chunk: 'balanced',
    sampling,
    heapMegabytes: heapMegabytes(estimatedBytes),
    verify,
  });
  return { ...(outcome as MeasuredInFull), estimatedBytes };
}
