import { defineScenario } from 'breakeven';

/** More and more work on each number, and three ways to bring the numbers to a pool. */
export default defineScenario({
  title: 'More work per number',
  question: 'From how much work per number on does a pool pay, and what moves that point?',
  kernel: { module: 'sqrt-chain', options: {} },
  from: 'lists',
  sweeps: [{ keys: [16], length: [1_000], steps: [4, 16, 64, 256] }],
  quick: [{ keys: [16], length: [1_000], steps: [16, 256] }],
  quickNote: 'two amounts of work instead of four',
  strategies: ['for-loop', 'worker-threads', 'worker-threads-transfer', 'worker-threads-shared'],
  claims: [],
});
