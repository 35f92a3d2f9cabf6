import { defineScenario } from 'breakeven';

/** The source's second benchmark, `[choice(range(1000)) for _ in range(1_000_000)]` under 4, 8 and 16 keys. */
export default defineScenario({
  title: 'Large lists',
  question: 'Does a pool pay once each list holds a million numbers?',
  kernel: { module: 'square-minus-13', options: {} },
  from: 'lists',
  sweeps: [
    { keys: [4, 8, 16], length: [1_000_000] },
    { keys: [8], length: [1_000, 10_000, 100_000, 1_000_000] },
  ],
  quick: [{ keys: [8], length: [1_000, 100_000] }],
  quickNote: 'lists of at most 100,000 numbers instead of 1,000,000, under 8 keys only',
  strategies: 'node',
  budget: '160s',
  claims: [
    {
      says: 'With huge lists (1,000,000 random numbers, 209 ms per item) it is more suitable to use ProcessPoolExecutor',
      cores: 8,
      account: 'one-shot',
      faster: 'processes',
      than: 'for-loop',
      where: { keys: [4, 8, 16], length: [1_000_000] },
    },
    {
      says: 'Copying and serialising lists costs more than the work on them: parallel is slower than serial (speed-up far below 1)',
      cores: 8,
      account: 'warm',
      faster: 'for-loop',
      than: 'processes',
      where: { keys: [4, 8, 16], length: [100_000, 1_000_000] },
    },
    {
      says: 'Much smarter results are to be expected from vectorised forms of computing (whole way, from lists)',
      account: 'warm',
      faster: 'vectorized',
      than: 'for-loop',
      where: { length: [100_000, 1_000_000] },
    },
    {
      says: 'Much smarter results are to be expected from vectorised forms of computing (data in place)',
      account: 'resident',
      faster: 'vectorized',
      than: 'for-loop',
      where: { length: [100_000, 1_000_000] },
    },
  ],
});
