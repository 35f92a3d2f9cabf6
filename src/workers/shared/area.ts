import type { Kernel } from '../../contract/kernel.js';

/** A part of a dictionary in shared memory, and the units of work in it. All arrays are views of shared memory. */
export interface Area {
  readonly input: Float64Array;
  /** As long as the input for a map; answers by slot for a reduce. */
  readonly output: Float64Array;
  /** List `k` is `input[offsets[k]] … input[offsets[k + 1] - 1]`. */
  readonly offsets: Uint32Array;
  /** Four words per unit: see `Unit`. */
  readonly units: Uint32Array;
  /** Only where the area is used as a ring: one word per unit, the number of the last one that was finished, plus 1. */
  readonly finished?: Int32Array;
  /** The WebAssembly memory that input and output are in, for engines that need one. */
  readonly memory?: object;
}

/** In `units`: `from`, `to`, `key`, `slot`. */
export const wordsPerUnit = 4;

/** In place of a key: the unit is the lists `from` to `to`; else it is the numbers `from` to `to` of one or more. */
export const wholeLists = 0xffff_ffff;

/** The kernel on one area. */
export interface AreaKernel {
  /** Map: fills the same part of the output. */
  map(from: number, to: number): void;
  /** Reduce: the answer of these numbers. */
  reduce(from: number, to: number): number;
}

/** How an area is computed: what a thread makes of a kernel, once. */
export type Engine = (area: Area) => AreaKernel;

/** The default export of an engine's module: what is used in place of the kernel's own functions, in every thread. */
export type EngineModule = (kernel: Kernel) => Engine;

/** The kernel's own `list` on views of shared memory. */
export const plainEngine: EngineModule =
  (kernel) =>
  ({ input, output }) => ({
    map(from, to) {
      if (kernel.kind === 'map') kernel.list(input.subarray(from, to), output.subarray(from, to));
    },
    reduce: (from, to) => (kernel.kind === 'reduce' ? kernel.list(input.subarray(from, to)) : Number.NaN),
  });

/** Computes unit `index` of an area and returns how many lists it ran the kernel on. */
export function runUnit(area: Area, kernel: AreaKernel, reduces: boolean, index: number): number {
  const { units, offsets, output, finished } = area;
  const slots = units.length / wordsPerUnit;
  const at = wordsPerUnit * (index % slots);
  const from = units[at];
  const to = units[at + 1];
  let lists = 1;
  if (units[at + 2] !== wholeLists) {
    if (reduces) output[units[at + 3]] = kernel.reduce(from, to);
    else kernel.map(from, to);
  } else {
    for (let k = from; k < to; k++) {
      if (reduces) output[k] = kernel.reduce(offsets[k], offsets[k + 1]);
      else kernel.map(offsets[k], offsets[k + 1]);
    }
    lists = to - from;
  }
  if (finished !== undefined) Atomics.store(finished, index % slots, (index + 1) | 0);
  return lists;
}
