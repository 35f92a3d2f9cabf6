import { type Dictionary, formOf, isLists, type Lists } from '../../contract/dictionary.js';
import { checksum } from '../../dictionary/checksum.js';
import { toForm } from '../../dictionary/columns.js';
import { readColumnsFile } from '../../dictionary/columns-file.js';
import { generate } from '../../dictionary/generate.js';
import { generateInParallel } from '../../dictionary/generate-in-parallel.js';
import { dictionaryBytes } from '../../dictionary/memory.js';
import type { WarmRecord } from '../../results/format.js';
import { defaultWorkers, usableCores } from '../host.js';
import { availableBytes } from '../machine/cgroup.js';
import { dataCaches, systemFile } from '../machine/system-files.js';
import type { CellOrder } from '../order.js';

/**
 * The user's data, as it lies in the process before anything is timed. Generated data is made anew in each cell: to read it
 * from a file that the cells share and make lists of it was seen to take as long (16 million numbers: 0.76 s against
 * 0.98 s, and 0.45 s and more to pack and write it once).
 */
export async function makeInput({ data, from }: Pick<CellOrder, 'data' | 'from'>): Promise<Dictionary> {
  if (data.kind === 'generated' && from === 'lists') return generate(data.spec, from);
  if (data.kind === 'generated') return generateInParallel(data.spec, defaultWorkers(usableCores()));
  const { keys, length } = data;
  return toForm(readColumnsFile(data.path, { keys, length }), from);
}

/**
 * 'ints' where every number is a small integer: it decides how V8 stores lists and what encoding them costs. Of
 * generated data it is known; other data are looked through.
 */
export function elementKind({ data }: Pick<CellOrder, 'data'>, input: Dictionary): 'ints' | 'doubles' {
  return data.kind === 'generated' ? data.spec.values : kindSeen(input);
}

function kindSeen(input: Dictionary): 'ints' | 'doubles' {
  const small = (x: number) => (x | 0) === x && (x !== 0 || 1 / x > 0);
  if (!isLists(input)) return input.values.every(small) ? 'ints' : 'doubles';
  for (const list of input.values()) if (!list.every(small)) return 'doubles';
  return 'ints';
}

/** Twice the last cache: whoever goes through so much finds nothing of its beginning there any more. */
const timesCache = 2;
/** Where the system does not tell how large its caches are. */
const usualCacheBytes = 32 * 2 ** 20;
/** More dictionaries than this take longer to make than to measure: below 4 KB each, they stay in the last cache. */
const mostDictionaries = 16_384;
/** Why calls meet data that a cache still has. */
export type CacheReason = NonNullable<WarmRecord['dataBecause']>;

/** Copies take at most this share of the memory that is to be had. */
const mostOfMemory = 1 / 8;

/**
 * The user's data, and copies of it, equal to the bit and each in memory of its own, that calls get by turns: a server's
 * next request does not lie in a cache. Nothing of the data is ever another number.
 */
export class Inputs {
  private all: readonly Dictionary[];
  private at = -1;
  private checksum = '';

  constructor(readonly data: Dictionary) {
    this.all = [data];
  }

  /** The next call gets the data itself: whether anything is kept by its identity is looked for with it, later. */
  restart(): void {
    this.at = -1;
  }

  /** For the next call. */
  next(): Dictionary {
    this.at = this.at + 1 === this.all.length ? 0 : this.at + 1;
    return this.all[this.at];
  }

  /**
   * Makes as many copies as take more than the last cache together, bounded by memory; none where there is a reason to
   * go on with the data itself (`instead`). Untimed. Says what calls meet from here on: fresh data, or data that a cache still has.
   */
  spread(
    instead: CacheReason | undefined,
    cacheBytes = dataCaches(systemFile).at(-1)?.bytes ?? usualCacheBytes,
  ): Pick<WarmRecord, 'data' | 'dataBecause'> {
    const each = Math.max(1, bytesOf(this.data));
    const wanted = instead === undefined ? Math.ceil((timesCache * cacheBytes) / each) : 1;
    const fitting = 1 + Math.floor((mostOfMemory * availableBytes()) / each);
    const made = Math.max(1, Math.min(wanted, fitting, mostDictionaries));
    if (made > 1) this.checksum = checksum(this.data);
    this.restart();
    this.all = [this.data, ...Array.from({ length: made - 1 }, () => copyOf(this.data))];
    if (made * each > cacheBytes) return { data: 'fresh' };
    return {
      data: 'in cache',
      dataBecause: instead ?? (fitting < Math.min(wanted, mostDictionaries) ? 'memory' : 'small'),
    };
  }

  /** Bytes of the copies. */
  get copiedBytes(): number {
    return (this.all.length - 1) * bytesOf(this.data);
  }

  /** Lets go of the copies. Says whether nobody has changed one, nor the data. */
  gather(): boolean {
    const isWhole = this.all.length === 1 || this.all.every((each) => checksum(each) === this.checksum);
    this.all = [this.data];
    this.restart();
    return isWhole;
  }
}

function bytesOf(data: Dictionary): number {
  let elements = 0;
  if (isLists(data)) for (const list of data.values()) elements += list.length;
  else elements = data.values.length;
  return dictionaryBytes({ keys: isLists(data) ? data.size : data.keys.length, elements }, formOf(data));
}

function copyOf(data: Dictionary): Dictionary {
  if (!isLists(data)) return { ...data, offsets: data.offsets.slice(), values: data.values.slice() };
  const copy: Lists = new Map();
  for (const [key, list] of data) copy.set(key, list.slice());
  return copy;
}

/**
 * Data that differs from the user's in one place, for one untimed call after the timed ones: its first number becomes
 * another one of the user's own numbers, and then itself again. Whoever returns an earlier answer, or keeps answers by
 * identity of the input, answers wrongly there.
 */
export class Freshener {
  flipped = false;
  /** Somebody else wrote the number that changes: seen here, since changing it back would cover it up. */
  overwritten = false;
  private readonly place:
    | { readonly key: string; readonly numbers: number[] | Float64Array; readonly index: number }
    | undefined;
  private readonly original: number = 0;
  private readonly other: number = 0;

  constructor(input: Dictionary) {
    const first = firstNumber(input);
    if (first === undefined) return;
    const original = first.numbers[first.index];
    const other = otherNumber(input, original);
    // Nothing but equal numbers: then there is no other data of the user's kind.
    if (other === undefined) return;
    this.place = first;
    this.original = original;
    this.other = other;
  }

  /** The key whose list changes; undefined where no number can. */
  get key(): string | undefined {
    return this.place?.key;
  }

  /** The number that changes, as it is now; undefined where none can. */
  get first(): number | undefined {
    return this.place === undefined ? undefined : this.value(this.flipped);
  }

  set(flipped: boolean): void {
    if (this.place !== undefined) {
      const { numbers, index } = this.place;
      if (!Object.is(numbers[index], this.value(this.flipped))) this.overwritten = true;
      numbers[index] = this.value(flipped);
    }
    this.flipped = flipped;
  }

  private value(flipped: boolean): number {
    return flipped ? this.other : this.original;
  }
}

/** The first number of the data that is another one. */
function otherNumber(input: Dictionary, than: number): number | undefined {
  const isOther = (x: number) => !Object.is(x, than);
  if (!isLists(input)) return input.values.find(isOther);
  for (const list of input.values()) {
    const found = list.find(isOther);
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstNumber(input: Dictionary) {
  if (isLists(input)) {
    for (const [key, numbers] of input) if (numbers.length > 0) return { key, numbers, index: 0 };
    return undefined;
  }
  const { keys, offsets, values } = input;
  const at = keys.findIndex((_, index) => offsets[index + 1] > offsets[index]);
  return at < 0 ? undefined : { key: keys[at], numbers: values, index: offsets[at] };
}
