import { defineScenario } from 'breakeven';

/** The same pool with each way to bring numbers there and back: what an encoding costs, in work that it takes to pay. */
export default defineScenario({
  title: 'Encodings',
  question: 'From how much work on each number does a pool pay, by the way in which it sends them?',
  kernel: { module: 'sqrt-chain', options: {} },
  from: 'lists',
  sweeps: [
    {
      keys: [16],
      length: [5_000],
      steps: [1, 8, 16, 32, 64, 128, 256, 512, 1_024],
      values: ['ints', 'doubles'],
    },
  ],
  quick: [{ keys: [16], length: [500], steps: [1, 512], values: ['ints', 'doubles'] }],
  quickNote: 'lists of 500 numbers instead of 5,000, at fewer amounts of work',
  strategies: [
    'for-loop',
    'worker-threads',
    'worker-threads-transfer',
    'worker-threads-shared',
    'child-process[serialization=json]',
    'child-process[serialization=advanced]',
  ],
  budget: '8m',
  claims: [
    {
      says: 'These many times repeated RAM-I/O + SER/DES add-on overhead costs will soon dominate',
      cores: 8,
      account: 'warm',
      faster: 'for-loop',
      than: 'processes',
      where: { steps: [1] },
    },
    {
      says: 'The real benefit of ProcessPoolExecutor is seen if the CPU time per item is high',
      cores: 8,
      account: 'one-shot',
      faster: 'processes',
      than: 'for-loop',
      where: { steps: [1_024] },
    },
  ],
});
