import type { Random } from '../../../src/results/random.js';
import type { NoiseModel } from './model.js';

/** What a process has a time of. */
export type Timed = 'one-shot' | 'warm' | 'stages' | 'resident';

/** Why one process is not like the next: log factors on what the model says. */
export interface Luck {
  /** Of the times; asked once each, in the order of a cell's life. */
  time(of: Timed): number;
  /** Of the CPU time; that of the one-shot session besides what its time explains. */
  cpu(of: Timed): number;
  /** Of the peak memory. */
  readonly peak: number;
}

/** Times vary normally around `slow`, each by itself; CPU time and memory are the model's. */
export function normalLuck(slow: number, noise: NoiseModel, random: Random): Luck {
  const sigma = noise.cell ?? 0.02;
  return { time: () => slow + sigma * random.normal(), cpu: () => 0, peak: 0 };
}
