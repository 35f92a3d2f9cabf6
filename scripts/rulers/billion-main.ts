import type { Columns } from '../../src/contract/dictionary.js';
import type { Kernel } from '../../src/contract/kernel.js';
import { generateInParallel } from '../../src/dictionary/generate-in-parallel.js';
import { findKernel, loadKernel } from '../../src/plugins/kernel.js';
import { findStrategies } from '../../src/plugins/strategy.js';
import { readPeakBytes } from '../../src/workers/meters.js';
import { workers } from './cells.js';

/** What one process saw. */
export interface Billion {
  readonly peakBytes: number;
  readonly runMs: number;
  /** The first wrong answer, in words. */
  readonly difference?: string;
}

const keys = 8;

/** Numbers that are checked at a time: a second answer would take as much memory as the first. */
const checkedAtOnce = 1_000_000;

/* Entry of a process: makes so many doubles, gives them to wasm-simd-threads once, and checks every answer. */
const numbers = Number(process.argv[2]);
const spec = { keys, length: Math.floor(numbers / keys), skew: 'equal', values: 'doubles', seed: 1 } as const;
const input = await generateInParallel(spec, workers);
const { module } = await findKernel('square-minus-13');
const { kernel, plugin, ref } = await loadKernel({ module, options: {} });
const [{ strategy, options }] = await findStrategies(['wasm-simd-threads']);
const { signal } = new AbortController();
const session = await strategy.open({
  ...{ kernel, ref, workers, options, signal },
  split: plugin.split,
  chunk: 'balanced',
});
if (session.run === undefined) throw new Error('wasm-simd-threads has no run');
const began = performance.now();
const answer = (await session.run(input)) as Columns;
const runMs = performance.now() - began;
const peakBytes = readPeakBytes();
await session.close();
const check = (await loadKernel({ module: `${module}?check`, options: {} })).kernel;
const seen: Billion = { peakBytes, runMs, difference: firstDifference(check, input, answer) };
process.stdout.write(JSON.stringify(seen));

function firstDifference(check: Kernel, input: Columns, { offsets, values }: Columns): string | undefined {
  if (check.kind !== 'map') return 'the kernel is no map';
  if (values.length !== input.values.length || offsets.some((at, k) => at !== input.offsets[k]))
    return `${values.length} answers in lists of other lengths`;
  const expected = new Float64Array(checkedAtOnce);
  for (let from = 0; from < values.length; from += checkedAtOnce) {
    const to = Math.min(from + checkedAtOnce, values.length);
    check.list(input.values.subarray(from, to), expected.subarray(0, to - from));
    for (let i = from; i < to; i++)
      if (!Object.is(values[i], expected[i - from]))
        return `number ${i}: expected ${expected[i - from]}, got ${values[i]}`;
  }
  return undefined;
}
