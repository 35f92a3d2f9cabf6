/**
 * Four words of Chris Doty-Humphrey's sfc32 (PractRand), which passes BigCrush. Additions, shifts and xors of 32-bit
 * integers only, so that every platform draws the same numbers.
 */
export type RandomState = Int32Array;

/**
 * A stream that begins with three words, spread over the whole state by some rounds; fifteen is the author's figure.
 * Words and rounds belong to what is drawn: with others, data that was generated, and intervals that were published,
 * would be other ones.
 */
export function randomState(words: readonly [number, number, number], rounds: number): RandomState {
  const state = new Int32Array([...words.map((word) => word | 0), 1]);
  for (let round = 0; round < rounds; round++) nextInt32(state);
  return state;
}

/** The next 32 bits, as a signed integer. Whoever draws millions holds a copy of this in a loop of its own. */
export function nextInt32(state: RandomState): number {
  const b = state[1];
  const c = state[2];
  const drawn = (((state[0] + b) | 0) + state[3]) | 0;
  state[3] = (state[3] + 1) | 0;
  state[0] = b ^ (b >>> 9);
  state[1] = (c + (c << 3)) | 0;
  state[2] = (((c << 21) | (c >>> 11)) + drawn) | 0;
  return drawn;
}

/** The two halves of a seed, any safe integer: low, high. */
export function halvesOf(seed: number): readonly [low: number, high: number] {
  return [seed | 0, Math.floor(seed / 2 ** 32) | 0];
}
