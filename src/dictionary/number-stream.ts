import { fillDoubles, fillInts } from './numbers.js';
import { type RandomState, randomState } from './random.js';
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
    this.state = randomState(spec.seed, block);
  }

  /** The next numbers, into `out[from]` to `out[to - 1]`. */
  fill(out: number[] | Float64Array, from: number, to: number): void {
    for (let at = from; at < to; ) {
      if (this.left === 0) {
        this.state = randomState(this.spec.seed, ++this.block);
        this.left = blockSize;
      }
      const end = Math.min(to, at + this.left);
      this.write(this.state, out, at, end);
      this.left -= end - at;
      at = end;
    }
  }
}
