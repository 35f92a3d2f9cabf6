import { defineScenario } from 'breakeven';

/** The source's second and third benchmark in small: the same function on plain lists, on packed arrays, in a pool. */
export default defineScenario({
  title: 'Whole arrays at once',
  question: 'What is gained by packing the numbers, before any second core is used?',
  kernel: { module: 'square-minus-13', options: {} },
  from: 'lists',
  sweeps: [{ keys: [8], length: [25_000] }],
  quick: [{ keys: [8], length: [10_000] }],
  quickNote: 'lists of 10,000 numbers instead of 25,000',
  strategies: [
    'for-loop',
    'typed-array',
    'wasm-simd',
    'wasm-simd-threads',
    'python-for-loop',
    'python-numpy',
    'python-process-pool',
  ],
  claims: [],
});
