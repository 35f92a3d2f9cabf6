import { defineScenario } from 'breakeven';

/**
 * How much goes into a message. Small ones cost as many messages, large ones leave workers waiting for the last; with
 * work in proportion to length, unequal lists move the best size.
 */
export default defineScenario({
  title: 'Chunking',
  question: 'How many keys should a message carry: one, so many, or a balanced share of the numbers?',
  kernel: { module: 'sqrt-chain', options: { steps: 64 } },
  from: 'lists',
  sweeps: [
    { keys: [4_096], length: [20], skew: ['equal'], chunk: ['key', 4, 16, 64, 256, 1_024, 'balanced'] },
    { keys: [4_096], length: [20], skew: [1], chunk: ['key', 16, 256, 'balanced'] },
  ],
  quick: [{ keys: [4_096], length: [20], skew: ['equal'], chunk: ['key', 64, 'balanced'] }],
  quickNote: 'lists of equal length only, three sizes of chunks instead of seven',
  strategies: [
    'for-loop',
    'worker-threads',
    'worker-threads-transfer',
    'worker-threads-shared',
    'child-process',
  ],
  budget: '5m',
  claims: [],
});
