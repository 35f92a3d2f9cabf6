import type { Kernel, KernelPlugin } from '../../contract/kernel.js';
import type { Chunk } from '../../contract/strategy.js';
import { wholeLists, wordsPerUnit } from './area.js';

/** What decides where a dictionary is cut. */
export interface UnitRequest {
  readonly kernel: Kernel;
  readonly split: KernelPlugin['split'];
  readonly chunk: Chunk;
  readonly workers: number;
  /** The units are to pass through a ring, and so must fit into its slots. */
  readonly forRing?: boolean;
}

/** The work on a dictionary in small parts, in the order in which they are to be taken. */
export interface Units {
  /** `from`, `to`, `key`, `slot` of each, see Area. */
  readonly words: Uint32Array;
  readonly count: number;
  /** Lists that were cut, each with its parts' slots in order: for a reduce that joins its parts. */
  readonly parts: readonly Part[];
  /** Answers of a reduce: one per list, then one per part. */
  readonly slots: number;
  /** Numbers in the largest. */
  readonly longest: number;
  /** Lists in the one that has most. */
  readonly mostLists: number;
}

export interface Part {
  readonly key: number;
  readonly slots: readonly number[];
}

/** Numbers in a slot of a ring: 128 KiB of input and of output stay in a core's L2. */
export const slotSize = 16_384;

/** Numbers in a unit of data that stays, at most: larger ones cost less to hand out, and no cache holds them anyway. */
const unitSize = 65_536;

/** A unit costs about 0.2 µs: this many per worker even out what differs between them, and are soon handed out. */
const unitsPerWorker = 32;

/** Fewer numbers than this are not cut further for balance's sake. */
const smallestCut = 1_024;

/** Whole lists in a unit, at most: what a ring's slot has room for. */
export const mostLists = 4_096;

/**
 * Cuts the work on lists into units. Maps that allow it are cut anywhere, by numbers alone; reduces with `combine` have
 * long lists cut in parts; else a unit is whole lists. Long lists come first, longest first, where they are not cut:
 * whoever takes one last would leave the others waiting. `chunk` 'key' or a number: never more lists than that in a
 * unit.
 */
export function cutIntoUnits(offsets: Uint32Array, request: UnitRequest): Units {
  const { kernel, split, chunk, workers, forRing = false } = request;
  const largest = forRing ? slotSize : unitSize;
  const keys = offsets.length - 1;
  const share = Math.ceil(offsets[keys] / (workers * unitsPerWorker));
  if (kernel.kind === 'map' && split === 'elements' && chunk === 'balanced')
    return stretches(offsets, Math.min(largest, Math.max(share, smallestCut)));

  const list = new UnitList(keys);
  const combines = kernel.kind === 'reduce' && kernel.combine !== undefined && split !== 'never';
  const cuts = combines || (kernel.kind === 'map' && split === 'elements');
  const size = Math.min(largest, Math.max(share, cuts ? smallestCut : 1));
  const lists = chunk === 'balanced' ? Math.ceil(keys / (workers * unitsPerWorker)) : chunk;
  const most = lists === 'key' ? 1 : Math.min(lists, mostLists);

  const isLong = (k: number) => offsets[k + 1] - offsets[k] > size;
  const long: number[] = [];
  for (let k = 0; k < keys; k++) if (isLong(k)) long.push(k);
  if (!cuts) long.sort((a, b) => offsets[b + 1] - offsets[b] - (offsets[a + 1] - offsets[a]));
  for (const k of long) {
    if (cuts) list.addParts(k, offsets[k], offsets[k + 1], size);
    else list.addLists(k, k + 1, offsets);
  }
  for (let from = 0; from < keys; ) {
    if (isLong(from)) {
      from++;
      continue;
    }
    let to = from + 1;
    while (to < keys && to - from < most && !isLong(to) && offsets[to + 1] - offsets[from] <= size) to++;
    list.addLists(from, to, offsets);
    from = to;
  }
  return list.units;
}

/** Equal stretches of all numbers; `key` is the list that each begins in. */
function stretches(offsets: Uint32Array, size: number): Units {
  const keys = offsets.length - 1;
  const numbers = offsets[keys];
  const count = Math.ceil(numbers / size);
  const words = new Uint32Array(count * wordsPerUnit);
  for (let i = 0, key = 0; i < count; i++) {
    const from = i * size;
    while (offsets[key + 1] <= from) key++;
    words.set([from, Math.min(from + size, numbers), key, 0], i * wordsPerUnit);
  }
  return { words, count, parts: [], slots: keys, longest: Math.min(size, numbers), mostLists: 0 };
}

class UnitList {
  private readonly words: number[] = [];
  private readonly parts: Part[] = [];
  private longest = 0;
  private mostLists = 0;

  constructor(private nextSlot: number) {}

  addLists(from: number, to: number, offsets: Uint32Array): void {
    this.words.push(from, to, wholeLists, 0);
    this.longest = Math.max(this.longest, offsets[to] - offsets[from]);
    this.mostLists = Math.max(this.mostLists, to - from);
  }

  addParts(key: number, from: number, to: number, size: number): void {
    const slots: number[] = [];
    for (let at = from; at < to; at += size) {
      this.words.push(at, Math.min(at + size, to), key, this.nextSlot);
      slots.push(this.nextSlot++);
    }
    this.parts.push({ key, slots });
    this.longest = Math.max(this.longest, size);
  }

  get units(): Units {
    const { words, parts, nextSlot: slots, longest, mostLists } = this;
    const count = words.length / wordsPerUnit;
    return { words: Uint32Array.from(words), count, parts, slots, longest, mostLists };
  }
}
