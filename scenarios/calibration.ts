import { defineScenario } from 'breakeven';

/**
 * What `breakeven calibrate` measures of each strategy: prices per start, key, number and µs of work, one round, in this order
 * until its time is over. (What kernels and memory take is measured beside it.) A full grid would take minutes, so each row
 * varies one thing. The longest lists are so large that V8 takes fresh memory for each, which then is most of what a
 * number costs. The least work is so little that what a key costs shows beside it.
 */
const sweeps = [
  { keys: [4], length: [10, 5_000], cost: [0.1] },
  { keys: [2], length: [100_000], cost: [0.1] },
  { keys: [256, 8_192], length: [10], cost: [0.1] },
  // Long lists with work beside short ones: is it done per list, or per number?
  { keys: [32], length: [300], cost: [16] },
  { keys: [4], length: [10], cost: [2_048] },
  // From here on only where the machine has come so far in time.
  { keys: [256], length: [300], cost: [0.1] },
  { keys: [32], length: [10], cost: [16] },
  { keys: [256], length: [10, 300], cost: [64] },
  { keys: [4], length: [300], cost: [0.1] },
  { keys: [32], length: [10, 300], cost: [0.1] },
];

export default defineScenario({
  title: 'Calibration',
  question: 'What does each strategy cost per start, key, number and microsecond of work?',
  kernel: { module: 'burn', options: {} },
  from: 'lists',
  sweeps,
  quick: sweeps,
  quickNote: 'the same points in fewer rounds',
  strategies: ['for-loop', 'typed-array', 'worker-threads', 'worker-threads-shared', 'child-process'],
  budget: '8m',
  claims: [],
});
