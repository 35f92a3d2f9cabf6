import { defineScenario } from 'breakeven';

/** The source question's own example, ten numbers per key, grown from three keys to a quarter of a million. */
export default defineScenario({
  title: 'Small lists',
  question: 'Does anything beat the for-loop when each list holds ten numbers?',
  kernel: { module: 'square-minus-13', options: {} },
  from: 'lists',
  sweeps: [{ keys: [4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144], length: [10] }],
  quick: [{ keys: [4, 256, 8_192, 65_536], length: [10] }],
  quickNote: 'at most 65,536 keys instead of 262,144',
  strategies: 'node',
  budget: '8m',
  claims: [
    {
      says: 'It is better to use a simple for loop if the CPU time for one item is low (2.32 µs, 4 to 512 keys)',
      cores: 8,
      account: 'one-shot',
      faster: 'for-loop',
      than: 'processes',
      where: { keys: [4, 16, 64, 256], length: [10] },
    },
    {
      says: 'The add-on costs hardly get covered: a pool is slower than the loop even when it is open already',
      cores: 8,
      account: 'warm',
      faster: 'for-loop',
      than: 'parallel',
      where: { length: [10] },
    },
  ],
});
