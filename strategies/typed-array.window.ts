import { type Dictionary, isLists, type Kernel, type ReduceKernel } from 'breakeven';

/*
 * Data goes through a window that stays in the processor's cache: copy in, compute, copy out. typed-array has one in
 * ordinary memory, wasm-simd one in linear memory. Packing everything first would take fresh memory for all of it,
 * and the first touch of memory costs more than the work.
 */

/** A place for input and output of some thousand numbers. */
export interface Window {
  readonly source: Float64Array;
  readonly target: Float64Array;
  /** Map: fills `length` numbers of target, from `from` on, from the same part of source. */
  map(from: number, length: number): void;
  /** Reduce: the answer of the first `length` numbers of source. */
  reduce(length: number): number;
}

/** Numbers in a window: 128 KiB each for input and output, so that both stay in a core's L2. */
export const windowSize = 16_384;

/** How the kernel allows lists to be handled. */
export interface Cut {
  /** Maps: several lists in one call, or one list in several. */
  readonly anywhere: boolean;
  /** Reduces: joins the answers of two parts of a list. */
  readonly combine?: ReduceKernel['combine'];
}

export function cutOf(kernel: Kernel, cuttable: boolean): Cut {
  return kernel.kind === 'reduce' ? { anywhere: false, combine: kernel.combine } : { anywhere: cuttable };
}

/** Numbers that a window must hold: a list that may not be cut has to fit in. */
export function windowSizeFor({ anywhere, combine }: Cut, input: Dictionary): number {
  let size = windowSize;
  if (anywhere || combine) return size;
  if (isLists(input)) {
    for (const { length } of input.values()) size = Math.max(size, length);
  } else {
    for (let i = 0; i < input.keys.length; i += 1)
      size = Math.max(size, input.offsets[i + 1] - input.offsets[i]);
  }
  return size;
}
