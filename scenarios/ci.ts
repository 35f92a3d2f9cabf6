import { defineScenario } from 'breakeven';

/**
 * What `breakeven compare` measures unless told otherwise, with ci-pools: every way in plain Node once, and the crossovers of packed
 * arrays, SIMD and resident pools against the for-loop, with a point on either side. Two points, not more: both sides
 * have to get four rounds at least, the least that decides anything, within four minutes on two cores.
 */
export default defineScenario({
  title: 'CI: packed and sent lists',
  question: 'Did a strategy become slower, or does packing pay from another size on?',
  kernel: { module: 'square-minus-13', options: {} },
  from: 'lists',
  sweeps: [{ keys: [8], length: [2_000, 64_000] }],
  quick: [{ keys: [8], length: [2_000, 64_000] }],
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
