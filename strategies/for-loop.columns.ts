import type { Columns, KernelRef, Lists, MapKernel, Placed, ReduceKernel } from 'breakeven';

/*
 * The plain loop over packed columns. for-loop runs it where the user's data starts as columns, typed-array where it
 * has packed them itself: one place, so that the two differ in packing and in nothing else.
 */

export type CpuKernel = MapKernel | ReduceKernel;

/** May lists be cut and joined anywhere? Then one call does for all lists. The driver has imported the module already. */
export async function isCuttable({ module }: KernelRef): Promise<boolean> {
  const { default: plugin } = await import(module);
  return plugin?.split === 'elements';
}

/** Refers to the input's values, makes outputs; `collect` copies them and hands back columns. */
export function placeColumns(kernel: CpuKernel, cuttable: boolean, input: Columns): Placed {
  const outputs = makeOutputs(kernel, input);
  return {
    compute: loopOver(kernel, cuttable, input, outputs),
    collect: () => answersIn(kernel, input, outputs.slice()),
    spoil: () => void outputs.fill(NaN),
  };
}

/** The whole way into fresh columns. */
export function runColumns(kernel: CpuKernel, cuttable: boolean, input: Columns): Columns {
  const outputs = makeOutputs(kernel, input);
  loopOver(kernel, cuttable, input, outputs)();
  return answersIn(kernel, input, outputs);
}

/** As many values as the input has for a map, one per list for a reduce. */
export function makeOutputs(kernel: CpuKernel, { keys, values }: Columns): Float64Array {
  return new Float64Array(kernel.kind === 'map' ? values.length : keys.length);
}

/** The function that fills `outputs` from `columns`. A view costs as much as 50 numbers: they are made once, here. */
export function loopOver(
  kernel: CpuKernel,
  cuttable: boolean,
  { keys, offsets, values }: Columns,
  outputs: Float64Array,
): () => void {
  if (kernel.kind === 'map' && cuttable) return () => kernel.list(values, outputs);
  const lists = keys.map((_, i) => values.subarray(offsets[i], offsets[i + 1]));
  if (kernel.kind === 'reduce') {
    return () => {
      for (let i = 0; i < lists.length; i += 1) outputs[i] = kernel.list(lists[i]);
    };
  }
  const targets = keys.map((_, i) => outputs.subarray(offsets[i], offsets[i + 1]));
  return () => {
    for (let i = 0; i < lists.length; i += 1) kernel.list(lists[i], targets[i]);
  };
}

/** Columns of answers that share no memory with the input, apart from the keys, which nobody can change. */
export function answersIn(kernel: CpuKernel, { keys, offsets }: Columns, values: Float64Array): Columns {
  if (kernel.kind === 'map') return { keys, offsets: offsets.slice(), values };
  return { keys, offsets: new Uint32Array(keys.length + 1).map((_, i) => i), values };
}

/** Unpacks columns of answers into fresh lists, ten times faster than `Array.from` on a view of each. */
export function unpack({ keys, offsets, values }: Columns): Lists {
  const lists: Lists = new Map();
  let blank: number[] = [];
  for (let k = 0; k < keys.length; k += 1) {
    const from = offsets[k];
    const length = offsets[k + 1] - from;
    if (blank.length < length) blank = blankList(length);
    const list = blank.slice(0, length);
    for (let i = 0; i < length; i += 1) list[i] = values[from + i];
    lists.set(keys[k], list);
  }
  return lists;
}

/** A packed list of doubles: its slices are, too, and filling them never changes V8's kind of array. */
export function blankList(length: number): number[] {
  const list: number[] = [];
  for (let i = 0; i < length; i += 1) list.push(NaN);
  return list;
}
