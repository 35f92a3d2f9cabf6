import { defineScenario } from 'breakeven';

/** Many short lists: the number of messages is what counts. */
export default defineScenario({
  title: 'Many short lists',
  question: 'What does one message cost, and what do fewer of them save?',
  kernel: { module: 'square-minus-13', options: {} },
  from: 'lists',
  sweeps: [{ keys: [500], length: [10], chunk: ['key', 'balanced'] }],
  quick: [{ keys: [500], length: [10], chunk: ['key', 'balanced'] }],
  strategies: ['worker-threads'],
  claims: [],
});
