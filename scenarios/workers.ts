import { defineScenario } from 'breakeven';

/** From one worker to two per core: how far a pool scales, and what more workers than cores cost. */
export default defineScenario({
  title: 'Workers',
  question: 'How many workers pay: does a pool scale to all cores, and does one gain by more of them?',
  kernel: { module: 'sqrt-chain', options: { steps: 256 } },
  from: 'lists',
  sweeps: [{ keys: [64], length: [1_000], workers: [1, '0.5xcores', '1xcores', '1.5xcores', '2xcores'] }],
  quick: [{ keys: [64], length: [1_000], workers: [1, '1xcores', '2xcores'] }],
  quickNote: 'one worker, one and two per core',
  strategies: ['for-loop', 'wasm-simd', 'worker-threads', 'worker-threads-shared', 'wasm-simd-threads'],
  budget: '4m',
  claims: [],
});
