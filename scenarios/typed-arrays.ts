import { defineScenario } from 'breakeven';

/** The source's third benchmark: the data are numpy arrays to begin with, here packed columns. */
export default defineScenario({
  title: 'Typed arrays',
  question: 'Does a pool pay where the numbers are packed to begin with?',
  kernel: { module: 'square-minus-13', options: {} },
  from: 'columns',
  sweeps: [{ keys: [4, 8, 16, 32, 64], length: [1_000_000] }],
  quick: [{ keys: [4, 16, 64], length: [20_000] }],
  quickNote: 'lists of 20,000 numbers instead of 1,000,000',
  // JSON has no typed arrays: a user of columns takes the other serialization of processes.
  strategies: ['node', 'child-process[serialization=advanced]'],
  budget: '30m',
  claims: [
    {
      says: 'The fastest option is the for-loop over numpy arrays (951 µs per item), faster than the process pool',
      cores: 8,
      account: 'one-shot',
      faster: 'vectorized',
      than: 'processes',
      where: { length: [20_000, 1_000_000] },
    },
    {
      says: 'The same with a pool that is open already',
      cores: 8,
      account: 'warm',
      faster: 'vectorized',
      than: 'processes',
      where: { length: [20_000, 1_000_000] },
    },
  ],
});
