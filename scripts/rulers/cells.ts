import type { Form } from '../../src/contract/dictionary.js';
import type { Options } from '../../src/contract/kernel.js';
import type { Chunk } from '../../src/contract/strategy.js';
import { defaultWorkers, usableCores } from '../../src/measure/host.js';
import { type CellData, quickSampling } from '../../src/measure/order.js';
import { findStrategies } from '../../src/plugins/strategy.js';
import type { Measured, WarmRecord } from '../../src/results/format.js';
import { median } from '../figures/figure.js';
import { runCell } from '../figures/run-cell.js';

export interface RulerCell {
  readonly strategy: string;
  readonly kernel?: string;
  readonly options?: Options;
  readonly from: Form;
  readonly data: CellData;
  readonly chunk?: Chunk;
  /** From 0: what need be seen only once is looked at in the first. */
  readonly round?: number;
}

export const workers = defaultWorkers(usableCores());

/** Median ns of a call in the warm account, in a fresh process, verified; throws where it was not measured. */
export async function warmNs(cell: RulerCell): Promise<number> {
  return median((await warmOf(cell)).samplesNs);
}

/** The whole warm account, likewise. */
export async function warmOf(cell: RulerCell): Promise<WarmRecord> {
  const { warm } = await measure(cell);
  if (warm === undefined) throw new Error(`${cell.strategy} has no warm figure`);
  return warm;
}

/** Likewise of `compute` into outputs that are there already. */
export async function residentNs(cell: RulerCell): Promise<number> {
  const { resident } = await measure(cell, 'resident');
  if (resident.status !== 'measured') throw new Error(`${cell.strategy} has no resident figure`);
  return median(resident.samplesNs);
}

/** Lists of equal length, made from a seed. */
export function equalLists(keys: number, length: number): CellData {
  return { kind: 'generated', spec: { keys, length, skew: 'equal', values: 'doubles', seed: 1 } };
}

async function measure(cell: RulerCell, only?: 'resident'): Promise<Measured> {
  const { strategy, chunk = 'balanced', ...rest } = cell;
  const [entry] = await findStrategies([strategy]);
  return runCell(entry, {
    ...rest,
    ...(only && { only }),
    workers,
    chunk,
    sampling: quickSampling,
    heapMegabytes: 4_096,
    verify: true,
  });
}
