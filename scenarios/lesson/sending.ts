import { defineScenario } from 'breakeven';

/** The source's function on lists that must be copied, serialised or sent; whole numbers, and numbers with a fraction. */
export default defineScenario({
  title: 'Lists on their way',
  question: 'What does it cost to bring a number to a worker and its answer back?',
  kernel: { module: 'square-minus-13', options: {} },
  from: 'lists',
  sweeps: [{ keys: [8], length: [10_000], values: ['ints', 'doubles'] }],
  quick: [{ keys: [8], length: [5_000], values: ['ints', 'doubles'] }],
  quickNote: 'lists of 5,000 numbers instead of 10,000',
  strategies: ['for-loop', 'typed-array', 'worker-threads', 'child-process[serialization=json]'],
  claims: [],
});
