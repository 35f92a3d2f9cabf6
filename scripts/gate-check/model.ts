import type { Results } from '../../src/results/format.js';
import type { Disturbance } from '../../test/support/simulated/disturbance.js';
import type { Cost, StrategyModel, SyntheticRun } from '../../test/support/synthetic.js';
import { affine, strategy } from '../proofs/simulated.js';

/**
 * Set by hand, for machines that are worse than the one that was recorded: processes differ by 5 %, accounts of one
 * process by 3 %, samples by 6 %, and one process in five is 20 % slower.
 */
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
  /** What becomes of head's results after they were measured. */
  readonly alter?: (head: Results) => Results;
}

/** A run shaped as the scenarios `ci` and `ci-pools` are: nine strategies, two points far apart, eight rounds. */
export function ciRun(
  seed: number,
  { strategy: changed, factor = 1, crossover = 1 }: Change = {},
): SyntheticRun {
  const at = crossesAt * crossover;
  const plain = [
    staged('for-loop', 'serial', 0, { place: 0, compute: 1, collect: 0 }),
    strategy('async-tasks', 'concurrent', affine(20_000, 1.02 * loopNs)),
    staged('typed-array', 'vectorized', 150_000, { place: 0.3, compute: 0.6, collect: 0.4 }),
    staged('wasm-simd', 'vectorized', 400_000, { place: 0.4, compute: 0.3, collect: 0.5 }),
    strategy('worker-threads', 'threads', affine(0.45 * at * loopNs, 0.55 * loopNs)),
    strategy('worker-threads-transfer', 'threads', affine(0.8 * at * loopNs, 0.6 * loopNs)),
    strategy('worker-threads-shared', 'threads', affine(0.5 * at * loopNs, 0.56 * loopNs)),
    staged('wasm-simd-threads', 'threads', 1.5 * at * loopNs, { place: 0.3, compute: 0.2, collect: 0.45 }),
    strategy('child-process', 'processes', affine(2 * at * loopNs, 0.8 * loopNs)),
  ];
  const strategies = plain.map((one) => (one.label === changed ? slower(one, factor) : one));
  return { strategies, sweeps: [{ keys: [8, 256] }], rounds: 8, seed };
}

/** Packs what it is given: has a resident account too. `shares`: of the loop's time, per key. */
function staged(
  label: string,
  family: StrategyModel['family'],
  startNs: number,
  shares: { readonly place: number; readonly compute: number; readonly collect: number },
): StrategyModel {
  return {
    ...strategy(label, family, affine(0, shares.compute * loopNs)),
    place: affine(startNs, shares.place * loopNs),
    collect: affine(0, shares.collect * loopNs),
  };
}

/** All that it does takes so many times as long. */
function slower(one: StrategyModel, factor: number): StrategyModel {
  const times =
    (cost: Cost): Cost =>
    (shape) =>
      factor * cost(shape);
  const { place, compute, collect } = one;
  return {
    ...one,
    compute: times(compute),
    ...(place === undefined ? {} : { place: times(place) }),
    ...(collect === undefined ? {} : { collect: times(collect) }),
  };
}

export const strategyNames = ciRun(1).strategies.map(({ label }) => label);
