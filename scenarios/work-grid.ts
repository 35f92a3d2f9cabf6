import { defineScenario } from 'breakeven';

/** The second map: is it the numbers or the work on each that decides? */
export default defineScenario({
  title: 'Work × length',
  question: 'How much work, on how many numbers, does it take until sending them pays?',
  kernel: { module: 'sqrt-chain', options: {} },
  from: 'lists',
  sweeps: [{ keys: [16], length: [10, 100, 1_000, 10_000], steps: [1, 16, 128, 1_024] }],
  quick: [{ keys: [16], length: [10, 1_000], steps: [1, 32, 1_024] }],
  quickNote: '6 points instead of 16, lists of 1,000 numbers at most',
  // On a processor async-tasks is for-loop with promises around it: where they cost nothing nobody could say who wins.
  strategies: ['node', '!async-tasks'],
  budget: '12m',
  claims: [
    {
      says: 'The useful work per number is so small that it hardly covers the cost of sending it',
      cores: 8,
      account: 'warm',
      faster: 'single-thread',
      than: 'parallel',
      where: { steps: [1] },
    },
  ],
});
