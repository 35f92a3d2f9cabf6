import { compare } from '../../src/compare/compare.js';
import { plainLimits } from '../../src/compare/limits.js';
import type { Comparison } from '../../src/compare/types.js';
import type { Outcome, Results } from '../../src/results/format.js';
import { exampleRun, exampleStrategies, syntheticResults } from './synthetic.js';

const wrong: Outcome = { status: 'wrong', message: 'key "k|1", index 3: expected 1, got 2 in /home/me/x.js' };

/** The example with wasm-simd so much slower, or answering wrongly; `all`: what becomes of every cell. */
export function run(
  seed: number,
  { factor = 1, fails = false, all }: { factor?: number; fails?: boolean; all?: Outcome } = {},
): Results {
  const strategies = exampleStrategies.map((one) =>
    one.label === 'wasm-simd'
      ? { ...one, compute: (shape: Parameters<typeof one.compute>[0]) => factor * one.compute(shape) }
      : one,
  );
  const results = syntheticResults({
    ...exampleRun,
    strategies,
    sweeps: [{ keys: [8], length: [1_000, 16_000, 256_000] }],
    seed,
    outcome: (label) => all ?? (fails && label === 'wasm-simd' ? wrong : undefined),
  });
  return { ...results, header: { ...results.header, seed: 1 } };
}

/** Against the example as it is. */
export function compared(head: Results): Comparison {
  return compare(
    { name: 'main (1a2b3c4)', runs: [run(1)] },
    { name: 'working tree', runs: [head] },
    { limits: plainLimits(), draws: 100 },
  );
}
