import { defineScenario } from 'breakeven';

/**
 * The counterpart of `waiting`: items that compute, and send next to nothing. 40,000 square roots per list take
 * 65 ns each in CPython and 4 ns here.
 */
export default defineScenario({
  title: 'Lists that compute, eight workers',
  question: 'Who is faster where every list takes real work?',
  kernel: { module: 'sqrt-chain', options: { steps: 4_000 } },
  from: 'lists',
  sweeps: [{ keys: [8], length: [10], workers: [8] }],
  quick: [{ keys: [8], length: [10], workers: [8], steps: [2_000] }],
  quickNote: 'half the work on each number',
  strategies: ['for-loop', 'async-tasks', 'python-for-loop', 'python-threads', 'python-process-pool'],
  claims: [],
});
