import type { Form } from '../contract/dictionary.js';
import type { KernelRef, Options } from '../contract/kernel.js';
import type { Chunk } from '../contract/strategy.js';
import type { DictionarySpec } from '../dictionary/spec.js';

/** Everything one cell's process needs, as plain data. */
export interface CellOrder {
  readonly cell: string;
  /** From 0; only a simulated cell depends on it. */
  readonly round?: number;
  readonly label: string;
  readonly strategy: { readonly module: string; readonly options: Options };
  readonly kernel: KernelRef;
  readonly from: Form;
  readonly data: CellData;
  readonly workers: number;
  readonly chunk: Chunk;
  readonly sampling: Sampling;
  readonly limitMs: number;
  /** `--max-old-space-size` of the process. */
  readonly heapMegabytes: number;
  /** Off only to show that it does not change the times. */
  readonly verify: boolean;
}

export type CellData =
  | { readonly kind: 'generated'; readonly spec: DictionarySpec }
  | { readonly kind: 'file'; readonly path: string; readonly keys?: number; readonly length?: number };

/** How long to sample; the minimum numbers of samples follow from the length of a call. */
export interface Sampling {
  readonly warmupMs: number;
  readonly warmMs: number;
  readonly stagesMs: number;
  readonly residentMs: number;
  readonly naturalMs: number;
}

export const fullSampling: Sampling = {
  warmupMs: 40,
  warmMs: 300,
  stagesMs: 60,
  residentMs: 120,
  naturalMs: 60,
};

export const quickSampling: Sampling = {
  warmupMs: 15,
  warmMs: 50,
  stagesMs: 20,
  residentMs: 30,
  naturalMs: 15,
};
