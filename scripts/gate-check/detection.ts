import type { Comparison } from '../../src/compare/types.js';
import type { Figure } from '../figures/figure.js';
import { percent } from '../proofs/proof.js';
import { told } from './equal-runs.js';
import { strategyNames } from './model.js';
import { comparison, type Way } from './pairs.js';
import { redStrategies } from './red-strategies.js';

/** Slow-downs of one strategy, as shares. */
const steps = [0.03, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3];
const demanded = 0.15;
const ways: readonly Way[] = ['interleaved', 'until settled', 'separate'];

/** One strategy made slower, each in turn: is the comparison red, and is it that strategy alone that is named? */
export async function detection(comparisons: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const way of ways) {
    for (const share of steps) {
      // The curve needs no more than a fifth of what the demanded point gets, nor does what looks at itself after every round.
      const inFull = share === demanded && way !== 'until settled';
      const times = Math.max(strategyNames.length, inFull ? comparisons : comparisons / 5);
      let found = 0;
      let elsewhere = 0;
      for (let seed = 1; seed <= times; seed++) {
        const strategy = strategyNames[seed % strategyNames.length];
        const seen = await comparison(seed, way, { strategy, factor: 1 + share });
        const named = redNames(seen);
        if (named.length === 1 && named[0] === strategy) found++;
        if (named.some((name) => name !== strategy)) elsewhere++;
      }
      const seen = `${percent(found / times)}${elsewhere > 0 ? `; another one was named in ${percent(elsewhere / times)}` : ''}`;
      const name = `one strategy ${percent(share)} slower, ${way}: red, and it alone is named`;
      figures.push(
        share === demanded ? { name, bar: '≥ 90 %', seen, holds: found / times >= 0.9 } : told(name, seen),
      );
    }
  }
  return figures;
}

function redNames({ verdict, rows }: Comparison): string[] {
  return verdict === 'regression' ? redStrategies(rows) : [];
}
