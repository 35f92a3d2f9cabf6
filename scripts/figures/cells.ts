import { findKernel } from '../../src/catalog/kernel-entry.js';
import { findStrategies } from '../../src/catalog/strategy.js';
import type { Form } from '../../src/contract/dictionary.js';
import { cellBytes, heapMegabytes } from '../../src/measure/memory.js';
import { fullSampling } from '../../src/measure/order.js';
import { processExecutor } from '../../src/measure/process-executor.js';
import type { MeasuredInFull } from '../../src/results/format.js';

export interface CellRequest {
  readonly strategy: string;
  readonly keys: number;
  readonly length: number;
  readonly from: Form;
  readonly values?: 'ints' | 'doubles';
  readonly verify?: boolean;
}

/** Measures one cell as `bench` would; throws where it was not measured. */
export async function measureCell(
  request: CellRequest,
): Promise<MeasuredInFull & { readonly estimatedBytes: number }> {
  const { strategy: label, keys, length, from, verify = true } = request;
  const [entry] = await findStrategies([label]);
  const kernel = await findKernel('square-minus-13');
  const elements = keys * length;
  const { values = 'doubles' } = request;
  const size = { keys, elements, answers: elements, from, values };
  const estimatedBytes = cellBytes(size, entry.strategy.family, entry.strategy.footprint ?? {}, 2);
  const outcome = await processExecutor().run(
    {
      cell: 'figure',
      label,
      strategy: { module: entry.module, options: entry.options },
      kernel: { module: kernel.module, options: {} },
      from,
      data: { kind: 'generated', spec: { keys, length, skew: 'equal', values, seed: 1 } },
      workers: 2,
      chunk: 'balanced',
      sampling: fullSampling,
      limitMs: 120_000,
      heapMegabytes: heapMegabytes(estimatedBytes),
      verify,
    },
    new AbortController().signal,
  );
  if (outcome.status !== 'measured') throw new Error(`${label} at ${keys} × ${length}: ${outcome.message}`);
  return { ...(outcome as MeasuredInFull), estimatedBytes };
}
