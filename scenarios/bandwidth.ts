import { defineScenario } from 'breakeven';

/** What a pass reads and writes goes from 16 kB to 256 MB in steps of 4: past every cache, whatever the machine's. */
const lengths = [1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];

/** How fast memory lets data through: the roof of every kernel that moves more than it computes. */
export default defineScenario({
  title: 'Bandwidth',
  question:
    'How many bytes per second go through one core and through all, from the nearest cache to memory?',
  kernel: { module: 'stream', options: {} },
  from: 'columns',
  // The second of each pair leaves workers at their default: all usable cores.
  sweeps: [
    { keys: [1], length: lengths, operation: ['copy', 'scale'], workers: [1] },
    { keys: [1], length: lengths, operation: ['copy', 'scale'] },
  ],
  quick: [
    { keys: [1], length: [16_384, 8_388_608], operation: ['copy'], workers: [1] },
    { keys: [1], length: [16_384, 8_388_608], operation: ['copy'] },
  ],
  quickNote: 'copy alone, at two sizes: one that fits into a cache, and one past all caches',
  strategies: ['for-loop', 'wasm-simd', 'wasm-simd-threads', 'native-serial', 'native-pthreads'],
  budget: '10m',
  claims: [],
  bandwidth: true,
});
