import { choose, type Profile, type Shape } from '../../src/choose/choose.js';
import type { DecisionCell } from './held-out-cells.js';

/** What a decision may rest on: the cell without its times. */
export interface Asked {
  readonly cell: Pick<DecisionCell, 'account' | 'shape'>;
  readonly profile: Profile;
  /** The cells that the profile was fitted to. */
  readonly known: readonly DecisionCell[];
}

/** Operations per number, as a programmer would count them: Q of the rule for parallel streams. */
const operations: Readonly<Record<string, (work: number) => number>> = {
  'square-minus-13': () => 2,
  'sqrt-chain': (steps) => 3 * steps,
};

/** Who decides, and for which strategy. */
export const deciders: Readonly<Record<string, (asked: Asked) => string>> = {
  choose: ({ cell: { account, shape }, profile }) => {
    const { keys, elements, work } = shape;
    return choose(profile, { account, keys, length: elements / keys, work }).strategy;
  },
  'always for-loop': () => 'for-loop',
  'always SIMD': () => 'wasm-simd',
  'always threads': () => 'worker-threads',
  // The rule of thumb of Java's parallel streams (Lea and others, "When to use parallel streams", 2014).
  'N·Q > 10,000': ({ cell: { shape }, profile }) => {
    const perNumber = operations[profile.kernel.id]?.(shape.work) ?? 1;
    return shape.elements * perNumber > 10_000 ? 'worker-threads' : 'for-loop';
  },
  'nearest neighbour': ({ cell, known }) => {
    const [nearest] = known
      .filter(({ account }) => account === cell.account)
      .sort((a, b) => distance(a.shape, cell.shape) - distance(b.shape, cell.shape));
    return nearest === undefined ? 'for-loop' : fastestIn(nearest);
  },
};

export function fastestIn({ times }: DecisionCell): string {
  return [...times].reduce((best, one) => (one[1] < best[1] ? one : best))[0];
}

/** In factors of keys, length and work. */
function distance(a: Shape, b: Shape): number {
  const factors = [a.keys / b.keys, a.elements / a.keys / (b.elements / b.keys), a.work / b.work];
  return factors.reduce((sum, factor) => sum + Math.log(factor) ** 2, 0);
}
