import { defineScenario } from 'breakeven';

/** More work on each number and no more bytes to send: the price of sending stays, its share falls. */
export default defineScenario({
  title: 'Work per number',
  question: 'How much work on each number does it take until sending the numbers pays?',
  kernel: { module: 'sqrt-chain', options: {} },
  from: 'lists',
  sweeps: [{ keys: [16], length: [5_000], steps: [1, 4, 16, 32, 64, 128, 256, 512, 1_024] }],
  quick: [{ keys: [16], length: [500], steps: [1, 16, 128, 1_024] }],
  quickNote: 'lists of 500 numbers instead of 5,000',
  strategies: 'node',
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
