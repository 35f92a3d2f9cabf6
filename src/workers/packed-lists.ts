import { packedArray } from '../dictionary/packed-array.js';

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
