import { defineScenario } from 'breakeven';

/** The source's first benchmark as it was run: lists of 10,000 numbers and `time.sleep(0.05)` for each. */
export default defineScenario({
  title: 'Waiting items',
  question: 'Who gains where items wait (for a server, a disk) and use no CPU?',
  kernel: { module: 'wait', options: { ms: 50 } },
  from: 'lists',
  sweeps: [{ keys: [4, 8, 16, 32, 64], length: [10_000], ms: [50] }],
  quick: [{ keys: [4, 16, 32], length: [10_000], ms: [5] }],
  quickNote: 'waits of 5 ms instead of 50 ms',
  strategies: 'node',
  budget: '20m',
  claims: [
    {
      says: 'The benefit of ProcessPoolExecutor is real where each item takes 50 ms (in the source they slept)',
      cores: 8,
      account: 'one-shot',
      faster: 'processes',
      than: 'for-loop',
      where: { ms: [50] },
    },
    {
      says: 'Concurrency on one thread is helpful with asynchronous HTTP calls',
      account: 'warm',
      faster: 'concurrent',
      than: 'for-loop',
      where: {},
    },
  ],
});
