import { defineScenario } from 'breakeven';

/**
 * What `breakeven compare` measures unless told otherwise, with ci-pools: every strategy once, and the crossover of
 * packed arrays and SIMD against the for-loop, with a point on either side of it.
 */
export default defineScenario({
  title: 'CI: packed and sent lists',
  question: 'Did a strategy become slower, or does packing pay from another size on?',
  kernel: { module: 'square-minus-13', options: {} },
  from: 'lists',
  sweeps: [{ keys: [8], length: [500, 8_000, 64_000] }],
  quick: [{ keys: [8], length: [500, 64_000] }],
  quickNote: 'two sizes instead of three',
  strategies: [
    'for-loop',
    'async-tasks',
    'typed-array',
    'wasm-simd',
    'wasm-simd-threads',
    'worker-threads',
    'worker-threads-transfer',
    'worker-threads-shared',
    'child-process',
  ],
  budget: '3m',
  claims: [],
});
