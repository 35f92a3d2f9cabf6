import { defineScenario } from 'breakeven';

/** A list is a task and a message of its own: how small may it be? The data of a task is 8 bytes, 8 kB and 800 kB. */
export default defineScenario({
  title: 'Task size',
  question: 'How small may a task be before a pool spends half of its cores on handing tasks out?',
  kernel: { module: 'burn', options: {} },
  from: 'lists',
  sweeps: [
    // A list has one number at least: 8 bytes stand for none.
    { keys: [16], length: [1], chunk: ['key'], cost: [4, 16, 64, 256, 1_024] },
    { keys: [16], length: [1_000], chunk: ['key'], cost: [4, 16, 64, 256, 1_024, 4_096] },
    // Half as many tasks: what is sent takes longest here, and four for each of two workers still keep both busy.
    { keys: [8], length: [100_000], chunk: ['key'], cost: [128, 1_024, 4_096, 16_384, 32_768] },
  ],
  quick: [
    { keys: [16], length: [1], chunk: ['key'], cost: [4, 16, 64, 1_024] },
    { keys: [16], length: [1_000], chunk: ['key'], cost: [4, 64, 512, 4_096] },
    { keys: [8], length: [100_000], chunk: ['key'], cost: [128, 2_048, 32_768] },
  ],
  quickNote: 'fewer sizes of tasks',
  strategies: [
    'for-loop',
    'worker-threads',
    'worker-threads-transfer',
    'worker-threads-shared',
    'child-process',
  ],
  budget: '8m',
  claims: [],
});
