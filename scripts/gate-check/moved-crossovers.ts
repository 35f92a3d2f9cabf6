import type { Figure } from '../figures/figure.js';
import { comparison, type Way } from './pairs.js';
import { mostly } from './share.js';

const ways: readonly Way[] = ['interleaved', 'separate'];

/** The pool's crossover at twice or half the place: is it said to have moved, and the right way? */
export async function movedCrossovers(comparisons: number): Promise<Figure[]> {
  const times = Math.max(1, Math.round(comparisons / 2));
  const figures: Figure[] = [];
  for (const way of ways) {
    for (const crossover of [2, 0.5]) {
      let found = 0;
      for (let seed = 1; seed <= times; seed++) {
        const { crossovers } = await comparison(seed, way, { crossover });
        const pool = crossovers.find(
          ({ account, question }) => account === 'warm' && question === 'parallel against best single-thread',
        );
        const factor = pool?.factor?.value;
        if (factor !== undefined && factor > 1 === crossover > 1) found++;
      }
      const name = `crossover at ${crossover} times its place, ${way}: said to have moved`;
      figures.push(mostly(name, 0.9, found, times));
    }
  }
  return figures;
}
