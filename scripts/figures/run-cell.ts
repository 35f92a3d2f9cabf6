import { findKernel } from '../../src/catalog/kernel-entry.js';
import type { StrategyEntry } from '../../src/catalog/strategy.js';
import type { Options } from '../../src/contract/kernel.js';
import type { CellOrder } from '../../src/measure/order.js';
import { processExecutor } from '../../src/measure/process-executor.js';
import type { Measured } from '../../src/results/format.js';

/** What a cell is made of; the rest is the same for every cell that a script measures. */
export interface ScriptCell extends Omit<CellOrder, 'cell' | 'label' | 'strategy' | 'kernel' | 'limitMs'> {
  readonly kernel?: string;
  readonly options?: Options;
}

/** Measures one cell in a fresh process; throws where it was not measured. */
export async function runCell(
  { label, module, options: strategyOptions }: StrategyEntry,
  { kernel: id = 'square-minus-13', options = {}, ...cell }: ScriptCell,
): Promise<Measured> {
  const kernel = await findKernel(id);
  const outcome = await processExecutor().run(
    {
      ...cell,
      cell: 'script',
      label,
      strategy: { module, options: strategyOptions },
      kernel: { module: kernel.module, options },
      limitMs: 120_000,
    },
    new AbortController().signal,
  );
  if (outcome.status !== 'measured') throw new Error(`${label}, ${id}: ${outcome.message}`);
  return outcome;
}
