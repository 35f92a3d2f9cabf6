import type { Coefficient, Shape } from '../../src/choose/choose.js';
import { formulaNs } from '../../src/choose/choose.js';
import type { Observation, Observed } from '../../src/model/observation.js';

/** Points of a grid whose times are known exactly. */
export function observedGrid(
  timeNs: (shape: Shape) => number,
  { keys = [4, 32, 256], lengths = [10, 100, 1_000, 10_000], works = [1], workers = [2] } = {},
): Observed {
  const observations = keys.flatMap((each) =>
    lengths.flatMap((length) =>
      works.flatMap((work) =>
        workers.map((count): Observation => {
          const shape = { keys: each, elements: each * length, work, workers: count };
          return {
            shape,
            point: { keys: each, length, cost: work, workers: count },
            ns: timeNs(shape),
            error: 0.01,
          };
        }),
      ),
    ),
  );
  return { strategy: 'for-loop', parallel: false, observations };
}

export function following(formula: readonly Coefficient[]): (shape: Shape) => number {
  return (shape) => formulaNs(formula, shape);
}
