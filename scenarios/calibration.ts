import { defineScenario } from 'breakeven';

/**
 * What `breakeven calibrate` measures: prices per start, key, number and µs of work, one round, under a minute. A full grid
 * would take several, so each row varies one thing. The longest lists are so large that V8 takes fresh memory for each,
 * which then is most of what a number costs. The least work is so little that what a key costs shows beside it.
 */
const sweeps = [
  { keys: [4, 32, 256], length: [10, 300], cost: [0.1] },
  { keys: [16_384], length: [10], cost: [0.1] },
  { keys: [4], length: [5_000, 100_000], cost: [0.1] },
  { keys: [32], length: [10, 300], cost: [16] },
  // Long and short lists with as much work: is it done per list, or per number?
  { keys: [256], length: [10, 300], cost: [256] },
  { keys: [4], length: [10], cost: [8_192] },
];

export default defineScenario({
  title: 'Calibration',
  question: 'What does each strategy cost per start, key, number and microsecond of work?',
  kernel: { module: 'burn', options: {} },
  from: 'lists',
  sweeps,
  quick: sweeps,
  quickNote: 'the same points in fewer rounds',
  strategies: [
    'for-loop',
    'async-tasks',
    'typed-array',
    'worker-threads',
    'worker-threads-shared',
    'child-process',
  ],
  budget: '8m',
  claims: [],
});
