import { defineScenario } from 'breakeven';

/** The crossover of pools against the best single thread: CPU work per list, with a point on either side of it. */
export default defineScenario({
  title: 'CI: work for pools',
  question: 'Did a pool become slower, or does it pay from another amount of work on?',
  kernel: { module: 'burn', options: {} },
  from: 'lists',
  sweeps: [{ keys: [8], length: [10], cost: [16, 1_000] }],
  quick: [{ keys: [8], length: [10], cost: [16, 1_000] }],
  strategies: ['for-loop', 'worker-threads', 'worker-threads-shared', 'child-process'],
  budget: '90s',
  claims: [],
});
