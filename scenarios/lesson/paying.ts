import { defineScenario } from 'breakeven';

/** More and more work on each number, and three ways to bring the numbers to a pool. */
export default defineScenario({
  title: 'More work per number',
  question: 'From how much work per number on does a pool pay, and what moves that point?',
  kernel: { module: 'sqrt-chain', options: {} },
  from: 'lists',
  sweeps: [{ keys: [16], length: [500], steps: [8, 32, 128, 512] }],
  quick: [{ keys: [16], length: [250], steps: [32, 512] }],
  quickNote: 'lists of 250 numbers instead of 500, two amounts of work instead of four',
  strategies: ['for-loop', 'worker-threads', 'worker-threads-transfer', 'worker-threads-shared'],
  claims: [],
});
