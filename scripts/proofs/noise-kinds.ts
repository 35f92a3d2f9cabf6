import { InputError } from '../../src/contract/errors.js';
import type { Disturbance, ProcessNoise } from '../../test/support/simulated/disturbance.js';
import type { Cost, StrategyModel } from '../../test/support/synthetic.js';
import { committedPoolNoise, deviationsByPoint, poolStrategies } from '../pool-noise/recorded.js';
import { strategy } from './simulated.js';

/** A way in which processes of a strategy differ, with a name for the figures. */
export interface NoiseKind extends ProcessNoise {
  readonly name: string;
}

/** Loops as they were recorded: half a per cent to one, and nothing else. */
export const loopNoise: ProcessNoise = { process: 0.0075 };

const twice = Math.log(1.9);

/**
 * Pools as they were recorded: between rounds 8 to 22 %, or quiet with a slow mode per process that takes 1.9 times as
 * long, in 8 % of the warm and 20 % of the resident rounds; lone processes that something else held up; and mixtures.
 */
export const poolNoises: readonly NoiseKind[] = [
  { name: 'log-normal 8 %', process: 0.08 },
  { name: 'log-normal 22 %', process: 0.22 },
  { name: '8 % of processes ×1.9, over 3 %', process: 0.03, slowMode: { share: 0.08, by: twice } },
  { name: '20 % of processes ×1.9, over 3 %', process: 0.03, slowMode: { share: 0.2, by: twice } },
  { name: '8 % of processes ×1.9, over 8 %', process: 0.08, slowMode: { share: 0.08, by: twice } },
  { name: '20 % of processes ×1.9, over 13 %', process: 0.13, slowMode: { share: 0.2, by: twice } },
  {
    name: 'lone processes (2 %) ×3, over 5 %',
    process: 0.05,
    slowMode: { share: 0.02, by: Math.log(3), spread: 0.4 },
  },
];

/**
 * Pools as they were recorded, each strategy quiet and beside a busy core, and a name of the record, so that figures of two
 * never mix. Throws before anybody has recorded them.
 */
export function recordedNoises(): { readonly noises: readonly NoiseKind[]; readonly record: string } {
  const noise = committedPoolNoise();
  if (noise === undefined)
    throw new InputError(
      'there are no recorded processes of pools yet: record them by `npm run lab -- pool-noise`',
    );
  const noises = (['quiet', 'busy'] as const).flatMap((condition) =>
    poolStrategies.map((strategy) => ({
      name: `${strategy}, ${condition}, as recorded`,
      drawn: deviationsByPoint(noise, condition, strategy, 'warm'),
    })),
  );
  return { noises, record: noise.startedAt.replace(/\W/g, '') };
}

/** What such a noise adds to the mean of the log times: part of what a user pays, and so of the truth. */
export function meanShift({ slowMode }: ProcessNoise): number {
  return slowMode === undefined ? 0 : slowMode.share * slowMode.by;
}

/** Single-thread strategies that take the same time. */
export const singleNames = ['for-loop', 'typed-array', 'wasm-simd', 'wasm-plain', 'wasm-wide'] as const;

/** So many equal singles and one pool, whose log times have the given means, each with the noise of its kind. */
export function lineUp(
  singles: number,
  single: Cost,
  pool: Cost,
  noise: NoiseKind,
): { readonly strategies: readonly StrategyModel[]; readonly disturbance: Disturbance } {
  const names = singleNames.slice(0, singles);
  const byStrategy = { ...Object.fromEntries(names.map((name) => [name, loopNoise])), [poolName]: noise };
  return {
    strategies: [
      ...names.map((name) => strategy(name, name === 'for-loop' ? 'serial' : 'vectorized', single)),
      strategy(poolName, 'threads', (shape) => pool(shape) / Math.exp(meanShift(noise))),
    ],
    disturbance: { byStrategy },
  };
}

export const poolName = 'worker-threads';
