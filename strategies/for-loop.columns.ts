import type { Columns, MapKernel, Placed, ReduceKernel } from 'breakeven';

/*
 * The plain loop over packed columns. for-loop runs it where the user's data starts as columns, typed-array where it
 * has packed them itself: one place, so that the two differ in packing and in nothing else.
 */

/** Kernels that compute, and into outputs that they are given. */
export type CpuKernel = MapKernel | ReduceKernel;

/** Refers to the input's values and makes outputs; `collect` hands back copies, as columns. */
export function placeColumns(kernel: CpuKernel, cuttable: boolean, input: Columns): Placed {
  const outputs = makeOutputs(kernel, input);
  return {
    compute: loopOver(kernel, cuttable, input, outputs),
    collect: () => answersIn(kernel, input, outputs.slice()),
    poison: () => void outputs.fill(NaN),
  };
}

/** The whole way, into fresh columns. Views are made as they are needed: kept for millions of lists they fill memory. */
export function runColumns(kernel: CpuKernel, cuttable: boolean, input: Columns): Columns {
  const { keys, offsets, values } = input;
  const outputs = makeOutputs(kernel, input);
  if (kernel.kind === 'map' && cuttable) {
    kernel.list(values, outputs);
  } else if (kernel.kind === 'map') {
    for (let i = 0; i < keys.length; i += 1) {
      kernel.list(values.subarray(offsets[i], offsets[i + 1]), outputs.subarray(offsets[i], offsets[i + 1]));
    }
  } else {
    for (let i = 0; i < keys.length; i += 1)
      outputs[i] = kernel.list(values.subarray(offsets[i], offsets[i + 1]));
  }
  return answersIn(kernel, input, outputs);
}

/** As many numbers as the input has for a map, one per list for a reduce. */
export function makeOutputs(kernel: CpuKernel, { keys, values }: Columns): Float64Array {
  return new Float64Array(kernel.kind === 'map' ? values.length : keys.length);
}

/** The function that fills `outputs` from `columns`. A view takes as long as 50 numbers: they are made once, here. */
export function loopOver(
  kernel: CpuKernel,
  cuttable: boolean,
  columns: Columns,
  outputs: Float64Array,
): () => void {
  if (kernel.kind === 'map' && cuttable) return () => kernel.list(columns.values, outputs);
  const lists = viewsOf(columns, columns.values);
  if (kernel.kind === 'reduce') {
    return () => {
      for (let i = 0; i < lists.length; i += 1) outputs[i] = kernel.list(lists[i]);
    };
  }
  const targets = viewsOf(columns, outputs);
  return () => {
    for (let i = 0; i < lists.length; i += 1) kernel.list(lists[i], targets[i]);
  };
}

/** Each list of the dictionary as a view of `values`. */
export function viewsOf({ keys, offsets }: Columns, values: Float64Array): Float64Array[] {
  return keys.map((_, i) => values.subarray(offsets[i], offsets[i + 1]));
}

/** Columns of answers that share no memory with the input, apart from the keys, which nobody can change. */
export function answersIn(kernel: CpuKernel, { keys, offsets }: Columns, values: Float64Array): Columns {
  if (kernel.kind === 'map') return { keys, offsets: offsets.slice(), values };
  return { keys, offsets: new Uint32Array(keys.length + 1).map((_, i) => i), values };
}
