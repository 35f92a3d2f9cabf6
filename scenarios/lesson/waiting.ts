import { defineScenario } from 'breakeven';

/**
 * The source's first benchmark: its items "that need 50 ms of CPU" were `time.sleep(0.05)`. Here they sleep 3 ms: it
 * is not the length of the sleep that misleads. Eight workers, as the source's pool had on its eight processors.
 */
export default defineScenario({
  title: 'Eight items that wait',
  question: 'Who is faster where items only wait?',
  kernel: { module: 'wait', options: { ms: 3 } },
  from: 'lists',
  sweeps: [{ keys: [8], length: [10], workers: [8] }],
  quick: [{ keys: [8], length: [10], workers: [8] }],
  strategies: ['for-loop', 'async-tasks', 'python-for-loop', 'python-threads', 'python-process-pool'],
  claims: [],
});
