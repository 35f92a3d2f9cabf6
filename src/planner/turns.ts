import type { RunState, Turn } from '../measure/planner.js';
import { seededRandom, shuffled } from '../results/random.js';

/** Ids of the cells that can be measured. */
export function runnable({ header }: RunState): string[] {
  return header.cells.filter(({ notApplicable }) => notApplicable === undefined).map(({ id }) => id);
}

/** One round's turns in an order that depends on seed and round alone: a resumed run goes on in the same order. */
export function shuffledRound(cells: readonly string[], seed: number, round: number): Turn[] {
  // Seeds are whole numbers of any size: rounds far apart in the stream of one seed, neighbours in none.
  return shuffled(cells, seededRandom(seed * 1_009 + round)).map((cell) => ({ cell, round }));
}

export function doneTurns({ records }: RunState): ReadonlySet<string> {
  return new Set(records.map(turnKey));
}

export function turnKey({ cell, round }: Turn): string {
  return `${cell} ${round}`;
}
