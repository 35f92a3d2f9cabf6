import { defineScenario } from 'breakeven';

/** The same lists as in `working`: one thread, two threads, two processes, and Node beside them. */
export default defineScenario({
  title: 'Lists that compute, two workers',
  question: 'Who computes side by side, and who takes turns?',
  kernel: { module: 'sqrt-chain', options: { steps: 4_000 } },
  from: 'lists',
  sweeps: [{ keys: [8], length: [10], workers: [2] }],
  quick: [{ keys: [8], length: [10], workers: [2], steps: [2_000] }],
  quickNote: 'half the work on each number',
  strategies: ['for-loop', 'worker-threads', 'python-for-loop', 'python-threads', 'python-process-pool'],
  claims: [],
});
