import { halvesOf, type RandomState, randomState } from '../contract/random.js';
import type { DictionarySpec } from './spec.js';

/** Numbers in a block. Each block begins with a state of its own, so that several threads can fill different ones. */
export const blockSize = 2 ** 24;

/** All numbers of a dictionary, one after another, whatever the lists. */
export class NumberStream {
  private readonly write: typeof fillInts;
  private state: RandomState;
  private left = blockSize;

  /** `block`: where it begins. */
  constructor(
    private readonly spec: Pick<DictionarySpec, 'values' | 'seed'>,
    private block = 0,
  ) {
    this.write = spec.values === 'ints' ? fillInts : fillDoubles;
    this.state = streamOf(spec.seed, block);
  }

  /** The next numbers, into `out[from]` to `out[to - 1]`. */
  fill(out: number[] | Float64Array, from: number, to: number): void {
    for (let at = from; at < to; ) {
      if (this.left === 0) {
        this.state = streamOf(this.spec.seed, ++this.block);
        this.left = blockSize;
      }
      const end = Math.min(to, at + this.left);
      this.write(this.state, out, at, end);
      this.left -= end - at;
      at = end;
    }
  }
}

const intsPerWord = 1000 / 2 ** 32;

/*
 * Both fills hold a copy of `nextInt32` in their loops: with the state in local variables a number costs about what
 * Math.random() costs, through the typed array three times as much.
 */

/** Fills `out[from]` to `out[to - 1]` with integers, uniform in [0, 1000). */
function fillInts(state: RandomState, out: number[] | Float64Array, from: number, to: number): void {
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let counter = state[3];
  for (let index = from; index < to; index++) {
    const drawn = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + drawn) | 0;
    // 32 bits times 1000 fit a double's 53: no rounding before the cut.
    out[index] = ((drawn >>> 0) * intsPerWord) | 0;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = counter;
}

/**
 * Fills `out[from]` to `out[to - 1]` with doubles, uniform in [0, 1000), about 16 significant digits each.
 * A number is an integer below 1000 plus an odd multiple of 2^-43: exact in a double, and never integral, so that no
 * list of doubles is ever a list of small ints to V8.
 */
function fillDoubles(state: RandomState, out: number[] | Float64Array, from: number, to: number): void {
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let counter = state[3];
  for (let index = from; index < to; index++) {
    const high = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + high) | 0;

    const low = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + low) | 0;

    const whole = ((high >>> 0) * intsPerWord) | 0;
    out[index] = whole + (low >>> 0) * 2 ** -32 + ((high & 0x7ff) | 1) * 2 ** -43;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = counter;
}

/** Rounds that spread a seed over the whole state: the author's figure for 32-bit words. */
const rounds = 15;

/** A stream of `seed`, any safe integer from 0. `block` is the number of another stream of the same seed. */
function streamOf(seed: number, block: number): RandomState {
  const [low, high] = halvesOf(seed);
  return randomState([low, high, 0x9e3779b9 + block], rounds);
}
