import { defineScenario } from 'breakeven';

/**
 * The source's first benchmark as it was meant: CPU work per item, from next to nothing to 50 ms. (Its items were
 * `time.sleep(0.05)`, which is no CPU work: see waiting-items.)
 */
export default defineScenario({
  title: 'Cost per item',
  question: 'From how much CPU time per item does a pool pay?',
  kernel: { module: 'burn', options: {} },
  from: 'lists',
  sweeps: [
    {
      keys: [16],
      length: [10],
      // Steps of 2 where an open pool and one that has to be started are expected to break even; µs.
      cost: [4, 16, 32, 64, 256, 1_000, 8_000, 16_000, 50_000],
    },
  ],
  quick: [{ keys: [16], length: [10], cost: [1, 8, 64, 512, 4_000] }],
  quickNote: 'at most 4 ms per item instead of 50 ms',
  strategies: 'node',
  budget: '165s',
  claims: [
    {
      says: 'The benefit of ProcessPoolExecutor is real if the CPU time per item is high (50 ms)',
      cores: 8,
      account: 'one-shot',
      faster: 'processes',
      than: 'for-loop',
      where: { cost: [50_000] },
    },
    {
      says: 'It is better to use a simple for loop if the CPU time for one item is low (about 3 µs)',
      cores: 8,
      account: 'one-shot',
      faster: 'for-loop',
      than: 'processes',
      where: { cost: [4] },
    },
  ],
});
