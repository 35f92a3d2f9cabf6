import { packedArray } from '../dictionary/columns.js';

/**
 * Packed arrays that go back and forth between threads: what comes back is used again, since the first touch of fresh
 * memory costs more than packing into it. An array is a view of the first numbers of its buffer.
 */
export class PackedBuffers {
  private readonly spare: ArrayBuffer[] = [];

  /** `most`: how many are kept; those that are too small make way. */
  constructor(private readonly most: number) {}

  /** Room for `length` numbers, holding anything. */
  take(length: number): Float64Array<ArrayBuffer> {
    const found = this.spare.findIndex(({ byteLength }) => byteLength >= 8 * length);
    // An empty array has a buffer of its own too: two cannot move the same one.
    if (found < 0 || length === 0) return new Float64Array(length);
    return new Float64Array(this.spare.splice(found, 1)[0], 0, length);
  }

  giveBack({ buffer }: Float64Array): void {
    if (buffer.byteLength === 0) return;
    this.spare.push(buffer as ArrayBuffer);
    if (this.spare.length <= this.most) return;
    const smallest = this.spare.reduce(
      (least, { byteLength }, i) => (byteLength < this.spare[least].byteLength ? i : least),
      0,
    );
    this.spare.splice(smallest, 1);
  }
}

/** Copies lists, one after another, into `values`. Four numbers per turn: V8 does not unroll loops. */
export function packLists(lists: readonly number[][], from: number, to: number, values: Float64Array): void {
  let at = 0;
  for (let k = from; k < to; k++) {
    const list = lists[k];
    const { length } = list;
    let i = 0;
    for (const odd = length % 4; i < odd; i++) values[at + i] = list[i];
    for (; i < length; i += 4) {
      values[at + i] = list[i];
      values[at + i + 1] = list[i + 1];
      values[at + i + 2] = list[i + 2];
      values[at + i + 3] = list[i + 3];
    }
    at += length;
  }
}

/** Makes fresh lists of doubles from packed numbers; keeps a template to copy, which is the fastest packed list. */
export class Unpacker {
  private template: number[] = [];

  /** A fresh list of `length` numbers, from `values[at]` on. */
  list(values: Float64Array, at: number, length: number): number[] {
    if (this.template.length < length) this.template = packedArray(0.5, length);
    const list = this.template.slice(0, length);
    let i = 0;
    for (const odd = length % 4; i < odd; i++) list[i] = values[at + i];
    for (; i < length; i += 4) {
      list[i] = values[at + i];
      list[i + 1] = values[at + i + 1];
      list[i + 2] = values[at + i + 2];
      list[i + 3] = values[at + i + 3];
    }
    return list;
  }
}
