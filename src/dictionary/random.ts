/**
 * A seeded stream of 32-bit integers: Chris Doty-Humphrey's sfc32 (PractRand), four words of state.
 * Additions, shifts and xors of 32-bit integers only, so every platform draws the same numbers.
 */
export type RandomState = Int32Array;

/** Rounds that spread a seed over the whole state; fifteen is the author's figure for 32-bit words. */
const warmUpRounds = 15;

/**
 * A stream of `seed`, any safe integer from 0: low and high half are both used. `block` is the number of another stream
 * of the same seed.
 */
export function randomState(seed: number, block = 0): RandomState {
  const state = new Int32Array([seed | 0, Math.floor(seed / 2 ** 32) | 0, (0x9e3779b9 + block) | 0, 1]);
  for (let round = 0; round < warmUpRounds; round++) nextInt32(state);
  return state;
}

/** The next 32 bits, as a signed integer. For single draws: the fills in numbers.ts keep the state in local variables. */
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
