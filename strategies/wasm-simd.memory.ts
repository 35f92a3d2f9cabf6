import { type Memory, WebAssembly } from './wasm-simd.types.js';

const pageBytes = 65_536;

/** 65,536 pages, less one: an address just behind the last byte would be 2^32, which wraps to 0 in the kernels. */
export const largestMemory = 65_535 * pageBytes;

/** The first page stays free for the constants of a module. */
const firstAddress = pageBytes;

/** A part of linear memory, at a multiple of 64 bytes. */
export interface Region {
  readonly address: number;
  readonly bytes: number;
}

/** Linear memory that grows on demand and hands out regions. It cannot shrink: what is freed is handed out again. */
export class LinearMemory {
  readonly memory: Memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
  readonly #maxBytes: number;
  /** In use, by address. */
  #regions: readonly Region[] = [];

  constructor(maxBytes = largestMemory) {
    this.#maxBytes = Math.min(maxBytes, largestMemory);
  }

  /** The first gap that is large enough, or nothing where the memory cannot grow so far. */
  reserve(bytes: number): Region | undefined {
    const size = Math.ceil(bytes / 64) * 64;
    let address = firstAddress;
    let index = 0;
    for (; index < this.#regions.length; index += 1) {
      const { address: taken, bytes: length } = this.#regions[index];
      if (taken - address >= size) break;
      address = taken + length;
    }
    if (!this.#growTo(address + size)) return undefined;
    const region = { address, bytes: size };
    this.#regions = this.#regions.toSpliced(index, 0, region);
    return region;
  }

  free(region: Region): void {
    this.#regions = this.#regions.filter((each) => each !== region);
  }

  /** `length` numbers at `address`. Growing detaches all views: take a new one after each `reserve`. */
  numbers(address: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, length);
  }

  #growTo(bytes: number): boolean {
    if (bytes > this.#maxBytes) return false;
    const missing = Math.ceil((bytes - this.memory.buffer.byteLength) / pageBytes);
    if (missing <= 0) return true;
    try {
      this.memory.grow(missing);
      return true;
    } catch {
      // The machine has less address space than WebAssembly allows: then the data streams.
      return false;
    }
  }
}
