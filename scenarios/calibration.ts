import { defineScenario } from 'breakeven';

/** What `breakeven calibrate` measures: prices per start, key, number and µs of work, one round, under a minute. */
export default defineScenario({
  title: 'Calibration',
  question: 'What does each strategy cost per start, key, number and microsecond of work?',
  kernel: { module: 'burn', options: {} },
  from: 'lists',
  sweeps: [{ keys: [4, 32, 256], length: [10, 300], cost: [1, 16, 256] }],
  quick: [{ keys: [4, 32, 256], length: [10, 300], cost: [1, 16, 256] }],
  quickNote: 'the same points in fewer rounds',
  strategies: ['for-loop', 'worker-threads', 'worker-threads-shared', 'child-process'],
  budget: '8m',
  claims: [],
});
