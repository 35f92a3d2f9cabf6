import {
  type Area,
  mostLists,
  type SharedPool,
  slotSize,
  type Units,
  wholeLists,
  wordsPerUnit,
} from 'breakeven';
import { type RoomKeeper, sharedWords } from './worker-threads-shared.rooms.js';

/** Slots per worker: one is computed, one is filled, and two lie between. */
const slotsPerWorker = 4;

/** Brings the numbers of a dictionary into a slot of the ring, and takes its answers away. */
export interface Carrier {
  /** Numbers `from` to `to`, beginning in list `key`, to `input[at]` and after. */
  bring(from: number, to: number, key: number, input: Float64Array, at: number): void;
  take(from: number, to: number, key: number, output: Float64Array, at: number): void;
  /** The answer of a list, or of the next part of it. */
  takeReduced(key: number, answer: number, isFirst: boolean): void;
  readonly offsets: Uint32Array;
}

/** Does every unit fit into a slot? */
export function fitsRing(units: Units): boolean {
  return units.longest <= slotSize && units.mostLists <= mostLists;
}

/**
 * A dictionary passes through a few slots of shared memory that stay in the processor's cache: the caller fills the next
 * slot while threads compute the others. Packing everything first would take fresh memory for all of it, whose first
 * touch costs more than the work.
 */
export class Ring {
  private readonly area: Area & { readonly finished: Int32Array };
  private readonly id: number;

  constructor(
    private readonly pool: SharedPool,
    rooms: RoomKeeper,
    private readonly kind: 'map' | 'reduce',
  ) {
    const slots = slotsPerWorker * pool.workers;
    const room = rooms.fresh(slots * slotSize, slots * (kind === 'map' ? slotSize : mostLists + 1));
    if (room === undefined)
      throw new RangeError('there is no shared memory left for a ring of 16,384 numbers');
    this.area = {
      ...room,
      offsets: sharedWords(slots * (mostLists + 1)),
      units: sharedWords(slots * wordsPerUnit),
      finished: new Int32Array(new SharedArrayBuffer(4 * slots)),
    };
    this.id = pool.add(this.area);
  }

  pass(units: Units, carrier: Carrier): void | Promise<void> {
    const { count, words } = units;
    return this.pool.pass(this.id, {
      count,
      fill: (index) => this.fill(index, words, carrier),
      empty: (index) => this.empty(index, words, carrier),
    });
  }

  private fill(index: number, words: Uint32Array, carrier: Carrier): void {
    const { input, units, offsets, finished } = this.area;
    const slot = index % finished.length;
    const [from, to, key] = unitAt(words, index);
    const at = slot * slotSize;
    const first = slot * (mostLists + 1);
    const word = slot * wordsPerUnit;
    if (key !== wholeLists) {
      carrier.bring(from, to, key, input, at);
      units[word] = at;
      units[word + 1] = at + to - from;
      units[word + 2] = 0;
      units[word + 3] = first;
      return;
    }
    const start = carrier.offsets[from];
    carrier.bring(start, carrier.offsets[to], from, input, at);
    for (let k = from; k <= to; k += 1) offsets[first + k - from] = at + carrier.offsets[k] - start;
    units[word] = first;
    units[word + 1] = first + to - from;
    units[word + 2] = wholeLists;
  }

  private empty(index: number, words: Uint32Array, carrier: Carrier): void {
    const { output, finished } = this.area;
    const slot = index % finished.length;
    const [from, to, key] = unitAt(words, index);
    const first = slot * (mostLists + 1);
    const isWhole = key === wholeLists;
    if (this.kind === 'map') {
      const { offsets } = carrier;
      const at = slot * slotSize;
      if (isWhole) carrier.take(offsets[from], offsets[to], from, output, at);
      else carrier.take(from, to, key, output, at);
    } else if (isWhole) {
      for (let k = from; k < to; k += 1) carrier.takeReduced(k, output[first + k - from], true);
    } else {
      carrier.takeReduced(key, output[first], from === carrier.offsets[key]);
    }
  }
}

function unitAt(words: Uint32Array, index: number): readonly [from: number, to: number, key: number] {
  const at = index * wordsPerUnit;
  return [words[at], words[at + 1], words[at + 2]];
}
