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
