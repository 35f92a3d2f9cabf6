import type { Options } from '../../src/contract/kernel.js';
import { readHost } from '../../src/measure/host.js';
import { supportOf } from '../../src/measure/inspect/plugin-answers.js';
import type { CellOrder } from '../../src/measure/order.js';
import { readyStrategy } from '../../src/measure/preflight/programs.js';
import { processExecutor } from '../../src/measure/process-executor.js';
import { Needs } from '../../src/plugins/external/start.js';
import { findKernel, type LoadedKernelEntry } from '../../src/plugins/kernel.js';
import type { LoadedStrategy } from '../../src/plugins/strategy.js';
import type { Measured } from '../../src/results/format.js';

/** What a cell is made of; the rest is the same for every cell that a script measures. */
export interface ScriptCell extends Omit<CellOrder, 'cell' | 'label' | 'strategy' | 'kernel' | 'limitMs'> {
  readonly kernel?: string;
  readonly options?: Options;
}

/** One for all cells: the right answers to the same data are computed once. */
const executor = processExecutor();

/** Measures one cell in a fresh process; throws where it was not measured, or lacks what it needs. */
export async function runCell(
  asked: LoadedStrategy,
  { kernel: id = 'square-minus-13', options = {}, ...cell }: ScriptCell,
): Promise<Measured> {
  const kernel = await findKernel(id);
  const { entry, needs } = await readyStrategy(asked, { module: kernel.module, options });
  if (needs !== undefined) throw new Needs(needs);
  const { label, module, options: strategyOptions, strategy } = entry;
  assertApplies(entry, kernel, options);
  const outcome = await executor.run(
    {
      ...cell,
      cell: 'script',
      label,
      strategy: { module, options: strategyOptions, ...(strategy.home ? { home: 'program' } : {}) },
      kernel: { module: kernel.module, options },
      limitMs: 120_000,
    },
    new AbortController().signal,
  );
  if (outcome.status !== 'measured') throw new Error(`${label}, ${id}: ${outcome.message}`);
  return outcome;
}

/** A module says itself what it lacks. */
function assertApplies(
  { label, strategy }: LoadedStrategy,
  kernel: LoadedKernelEntry,
  options: Options,
): void {
  const { usableCores, node: nodeVersion } = readHost();
  const made = kernel.plugin.make({ ...kernel.plugin.options, ...options });
  const host = { usableCores, nodeVersion };
  const support = supportOf(label, strategy, made, kernel.plugin, host, { module: kernel.module, options });
  if (support === true) return;
  const [, lacking] = /^skipped: needs (.*)$/.exec(support.reason) ?? [];
  throw lacking === undefined ? new Error(`${label}, ${kernel.id}: ${support.reason}`) : new Needs(lacking);
}
