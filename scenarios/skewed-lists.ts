import { defineScenario } from 'breakeven';

/** Real dictionaries are unequal. Enough work per number that a pool pays when lists are equal: what is left of it? */
export default defineScenario({
  title: 'Skewed lists',
  question: 'How much of a pool’s gain is lost when one list is much longer than the others?',
  kernel: { module: 'sqrt-chain', options: { steps: 512 } },
  from: 'lists',
  sweeps: [
    { keys: [32], length: [2_000], skew: ['equal', 0.5, 1, 1.5, 2], chunk: ['balanced'] },
    // One key per message: the longest list decides when the last worker ends.
    { keys: [32], length: [2_000], skew: ['equal', 1, 2], chunk: ['key'] },
  ],
  quick: [{ keys: [32], length: [500], skew: ['equal', 1, 2], chunk: ['balanced'] }],
  quickNote: 'lists of 500 numbers on average instead of 2,000, balanced chunks only',
  strategies: 'node',
  budget: '15m',
  claims: [],
});
