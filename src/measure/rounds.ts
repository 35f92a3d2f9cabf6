import { nextInt32, randomState } from '../dictionary/random.js';
import type { Planner, Turn } from './planner.js';

export interface RoundsRequest {
  /** Ids of the cells to measure, in any order. */
  readonly cells: readonly string[];
  readonly rounds: number;
  readonly seed: number;
}

/** Every cell once per round, each round in an order of its own, shuffled from the seed. */
export function everyRound({ cells, rounds, seed }: RoundsRequest): Planner {
  const random = randomState(seed);
  const order = Array.from({ length: rounds }, (_, round): Turn[] =>
    shuffled(cells, random).map((cell) => ({ cell, round })),
  );
  let at = 0;
  return {
    next: () => order[at++],
    left: (records) => order.flat().slice(records.length),
  };
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: ReturnType<typeof randomState>): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const pick = (nextInt32(random) >>> 0) % (last + 1);
    [order[last], order[pick]] = [order[pick], order[last]];
  }
  return order;
}
