import { defineScenario } from 'breakeven';

/**
 * Packed from the start, until memory ends: no list is made, and what is sent or copied is a good part of all. A cell of
 * a thousand million numbers takes minutes: --limit 300.
 */
export default defineScenario({
  title: 'Huge columns',
  question:
    'Up to a thousand million packed numbers: what is left of SIMD and threads when memory is the limit?',
  kernel: { module: 'square-minus-13', options: {} },
  from: 'columns',
  sweeps: [{ keys: [8], length: [125_000, 1_250_000, 12_500_000, 125_000_000], values: ['doubles'] }],
  quick: [{ keys: [8], length: [125_000, 1_250_000], values: ['doubles'] }],
  quickNote: 'at most 10 million numbers instead of 1,000 million',
  strategies: ['for-loop', 'wasm-simd', 'worker-threads-shared', 'wasm-simd-threads'],
  budget: '20m',
  claims: [],
});
