import { defineScenario } from 'breakeven';

/** Two axes at once, for the winner map: is it the keys or the length of the lists that decides? */
export default defineScenario({
  title: 'Keys × length',
  question: 'Which strategy wins for which shape of dictionary?',
  kernel: { module: 'square-minus-13', options: {} },
  from: 'lists',
  sweeps: [{ keys: [4, 64, 1_024], length: [10, 100, 1_000, 10_000] }],
  quick: [{ keys: [4, 1_024], length: [10, 100, 1_000] }],
  quickNote: '6 shapes instead of 12, at most a million numbers',
  // On a processor async-tasks is for-loop with promises around it: where they cost nothing nobody could say who wins.
  strategies: ['node', '!async-tasks'],
  budget: '12m',
  claims: [
    {
      says: 'Going parallel does not pay for such a small amount of work, whatever the shape of the dictionary',
      cores: 8,
      account: 'warm',
      faster: 'single-thread',
      than: 'parallel',
      where: {},
    },
  ],
});
