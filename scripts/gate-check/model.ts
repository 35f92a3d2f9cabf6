import type { Disturbance } from '../../src/measure/simulated/disturbance.js';
import type { SyntheticRun } from '../../src/results/synthetic.js';
import { affine, strategy } from '../proofs/simulated.js';

/**
 * How processes differ, after what the self-check records on small shared machines: a few per cent from process to
 * process, less between accounts of one process, and a second mode (one process in eight 12 % slower).
 */
export const recorded: Disturbance = {
  process: 0.025,
  account: 0.015,
  sample: 0.03,
  slowMode: { share: 0.125, by: 0.12 },
};

/** A machine that others use too: twice the noise, and one process in five 20 % slower. */
export const noisy: Disturbance = {
  process: 0.05,
  account: 0.03,
  sample: 0.06,
  slowMode: { share: 0.2, by: 0.18 },
};

const loopNs = 200_000;
/** Keys from which the pool pays. */
export const crossesAt = 40;

/** What is different on head: a factor on one strategy's times, or on the place of the pool's crossover. */
export interface Change {
  readonly strategy?: string;
  readonly factor?: number;
  readonly crossover?: number;
}

/** A run shaped as the scenarios `ci` and `ci-pools` are: six strategies, three points far apart, eight rounds. */
export function ciRun(
  seed: number,
  { strategy: changed, factor = 1, crossover = 1 }: Change = {},
): SyntheticRun {
  const at = crossesAt * crossover;
  const plain = [
    strategy('for-loop', 'serial', affine(0, loopNs)),
    strategy('async-tasks', 'concurrent', affine(20_000, 1.02 * loopNs)),
    strategy('typed-array', 'vectorized', affine(150_000, 1.3 * loopNs)),
    strategy('wasm-simd', 'vectorized', affine(400_000, 1.2 * loopNs)),
    strategy('worker-threads', 'threads', affine(0.45 * at * loopNs, 0.55 * loopNs)),
    strategy('child-process', 'processes', affine(2 * at * loopNs, 0.8 * loopNs)),
  ];
  const strategies = plain.map((one) => {
    const times = one.label === changed ? factor : 1;
    return { ...one, compute: (shape: Parameters<typeof one.compute>[0]) => times * one.compute(shape) };
  });
  return { strategies, sweeps: [{ keys: [4, 32, 256] }], rounds: 8, seed };
}

export const strategyNames = ciRun(1).strategies.map(({ label }) => label);
