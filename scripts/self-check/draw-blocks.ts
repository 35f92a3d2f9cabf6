import { seededRandom, shuffled } from '../../src/results/random.js';

/** Rounds of one comparison. */
export interface Block {
  readonly rounds: readonly number[];
  /** Shares no round with another block of its cell. */
  readonly disjoint: boolean;
}

/**
 * Blocks of `size` rounds from those that there are: disjoint ones in order of time, as runs are, while they last;
 * beyond that drawn at random, without repeating a round inside a block. A pool of less than two blocks is not drawn
 * from again: it would give the same comparison over and over, and call that evidence.
 */
export function blocksOf(rounds: readonly number[], size: number, wanted: number, seed: number): Block[] {
  const random = seededRandom(seed);
  const whole = Math.min(wanted, Math.floor(rounds.length / size));
  const count = rounds.length < 2 * size ? whole : wanted;
  return Array.from({ length: count }, (_, i) =>
    i < whole
      ? { rounds: rounds.slice(i * size, (i + 1) * size), disjoint: true }
      : {
          rounds: shuffled(rounds, random)
            .slice(0, size)
            .sort((a, b) => a - b),
          disjoint: false,
        },
  );
}
