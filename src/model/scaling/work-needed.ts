import { type Answer, knownFrom, unknown } from './answer.js';
import type { Race } from './race.js';

/** How much single-thread work a dictionary of this shape would need for the pool to be as fast, ns. */
export interface WorkNeeded {
  readonly perElementNs: Answer;
  readonly perListNs: Answer;
}

/**
 * With T₁ on one thread and p cores the pool takes o + T₁/p, so that o = T_p − T₁/p is what it pays besides its share of
 * the work, and both are equal at T₁* = o · p / (p − 1). Assumed: work is shared evenly, and o stays what it is here.
 */
export function workNeeded({ entry, cores, ns, singleNs, draws, singleDraws, rounds }: Race): WorkNeeded {
  const { keys, elements } = entry.cell;
  if (cores < 1.5) {
    const answer = unknown('one core');
    return { perElementNs: answer, perListNs: answer };
  }
  const needed = (pool: number, single: number) => ((pool - single / cores) * cores) / (cores - 1);
  const all = draws.map((pool, i) => needed(pool, singleDraws[i]));
  const per = (count: number): Answer => {
    if (count === 0) return unknown('nothing there');
    const answer = knownFrom(
      needed(ns, singleNs) / count,
      all.map((one) => one / count),
      rounds,
      'not finite',
    );
    const low = answer.kind === 'known' ? (answer.estimate.interval?.low ?? 0) : 1;
    return low > 0 ? answer : unknown('no cost');
  };
  return { perElementNs: per(elements), perListNs: per(keys) };
}
