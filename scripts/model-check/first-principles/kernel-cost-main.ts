import { loadKernel } from '../../../src/catalog/kernel.js';
import type { Kernel, KernelRef } from '../../../src/contract/kernel.js';
import { instantiate } from '../../../strategies/wasm-simd.kernel.js';
import { LinearMemory } from '../../../strategies/wasm-simd.memory.js';

/*
 * What a kernel takes for one list that lies in place, in one form: ns, the median of nine series. A process for each kernel
 * and form, since a function that has seen both lists and typed arrays is slow with either. Argument: a `CostOrder` as JSON.
 */

/** How a list lies in memory: as its user holds it, packed, in WebAssembly memory. */
export type Form = 'list' | 'typed' | 'wasm';

export interface CostOrder {
  readonly form: Form;
  /** `length`: of the one list. */
  readonly cases: readonly { readonly ref: KernelRef; readonly length: number }[];
}

const seriesNs = 2e6;
const order = JSON.parse(process.argv[2]) as CostOrder;
const costs: number[] = [];
for (const { ref, length } of order.cases) {
  const { kernel } = await loadKernel(ref);
  costs.push(nsPerCall(callOn(kernel, order.form, length)));
}
process.stdout.write(JSON.stringify(costs));

function callOn(kernel: Kernel, form: Form, length: number): () => unknown {
  if (kernel.kind === 'wait') throw new Error('waiting is no work');
  // Small integers, as scenarios have them.
  const numbers = Array.from({ length }, (_, i) => (i * 7_919) % 1_000);
  if (form === 'wasm') {
    if (kernel.wasm === undefined) throw new Error('it has no WASM twin');
    const memory = new LinearMemory();
    const source = memory.reserve(8 * length)?.address ?? 0;
    const target = memory.reserve(8 * length)?.address ?? 0;
    const compiled = instantiate(kernel.wasm, kernel.kind, memory.memory);
    memory.numbers(source, length).set(numbers);
    return kernel.kind === 'map'
      ? () => compiled.map(source, target, length)
      : () => compiled.reduce(source, length);
  }
  const xs = form === 'list' ? numbers : Float64Array.from(numbers);
  if (kernel.kind === 'reduce') return () => kernel.list(xs);
  const out = xs.slice();
  return () => kernel.list(xs, out);
}

function nsPerCall(call: () => unknown): number {
  let calls = 1;
  let ns = timed(call, calls);
  for (; ns < seriesNs; ns = timed(call, calls)) calls *= 2;
  const series = Array.from({ length: 9 }, () => timed(call, calls) / calls);
  return series.sort((a, b) => a - b)[4];
}

function timed(call: () => unknown, calls: number): number {
  const from = process.hrtime.bigint();
  for (let i = 0; i < calls; i++) call();
  return Number(process.hrtime.bigint() - from);
}
