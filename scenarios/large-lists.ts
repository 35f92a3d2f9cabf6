import { defineScenario } from 'breakeven';

/** The source's second benchmark: `[choice(range(1000)) for _ in range(1_000_000)]` under 4, 8 and 16 keys. */
export default defineScenario({
  title: 'Large lists',
  question: 'Does a pool pay once the lists hold a million numbers each?',
  kernel: { module: 'square-minus-13', options: {} },
  from: 'lists',
  sweeps: [
    { keys: [4, 8, 16], length: [1_000_000] },
    { keys: [8], length: [1_000, 4_000, 16_000, 64_000, 250_000, 1_000_000] },
  ],
  quick: [
    { keys: [4, 8], length: [100_000] },
    { keys: [8], length: [1_000, 10_000, 100_000] },
  ],
  quickNote: 'lists of 100,000 numbers instead of 1,000,000',
  strategies: [
    'for-loop',
    'async-tasks',
    'worker-threads',
    'child-process[serialization=json]',
    'child-process[serialization=advanced]',
    'typed-array',
    'wasm-simd',
  ],
  claims: [
    {
      says: 'With lists of 1,000,000 random numbers ProcessPoolExecutor is more suitable than the for-loop',
      cores: 8,
      account: 'one-shot',
      faster: 'child-process',
      than: 'for-loop',
      where: { keys: [4, 8, 16], length: [1_000_000] },
    },
    {
      says: 'Much smarter results are to be expected from vectorised forms of computing',
      account: 'warm',
      faster: 'vectorized',
      than: 'for-loop',
      where: { length: [1_000_000] },
    },
    {
      says: 'The add-on costs of sending lists to processes are larger than the small amount of useful work',
      account: 'warm',
      faster: 'for-loop',
      than: 'processes',
      where: { length: [1_000_000] },
    },
  ],
});
