import type { Cost } from '../../test/support/synthetic.js';
import { affine, doubling } from './simulated.js';

export const loopNs = 20_000;
export const keys = doubling(4, 1_024);

/** A challenger of the loop whose regions are known. */
export interface ShapeModel {
  readonly name: string;
  readonly timeNs: Cost;
}

const times =
  (factor: (keys: number) => number): Cost =>
  ({ keys: count }) =>
    loopNs * count * factor(count);

/** The eight shapes of issue 3. Each crossing lies between grid points, none within the tie margin of one. */
export const shapeModels: readonly ShapeModel[] = [
  { name: 'never', timeNs: affine(0, 1.3 * loopNs) },
  { name: 'always', timeNs: affine(0, 0.7 * loopNs) },
  { name: 'one crossing', timeNs: affine(0.4 * 45 * loopNs, 0.6 * loopNs) },
  // Pays its start-up from 12 keys on; from 182 keys on it falls out of the cache, gradually.
  { name: 'two crossings', timeNs: ({ keys: n }) => loopNs * (4.8 + 0.6 * n + 0.00206 * n * n) },
  { name: 'a band', timeNs: times((n) => (n >= 32 && n <= 128 ? 0.7 : 1.4)) },
  { name: 'a cache cliff', timeNs: times((n) => (n <= 128 ? 0.7 : 1.3)) },
  { name: 'parallel lines, 3 % apart', timeNs: affine(0, 1.03 * loopNs) },
  { name: 'equal', timeNs: affine(0, loopNs) },
];

export type TrueWinner = 'challenger' | 'incumbent' | 'same';

/** With the tie margin of the analysis: the slower side's time at most 1 + margin times the faster one's is the same. */
export function trueWinner(model: ShapeModel, at: number, margin = 0.05): TrueWinner {
  const shape = { point: {}, keys: at, length: 1_000, elements: at * 1_000, workers: 2 };
  const ratio = (loopNs * at) / model.timeNs(shape);
  if (ratio >= 1 / (1 + margin) && ratio <= 1 + margin) return 'same';
  return ratio > 1 ? 'challenger' : 'incumbent';
}
