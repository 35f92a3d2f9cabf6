import type { Columns, Dictionary, Form, Lists } from '../contract/dictionary.js';
import { packedArray } from './columns.js';
import { NumberStream } from './number-stream.js';
import { checkLongest, checkSpec, type DictionarySpec, type Skew } from './spec.js';

export type { DictionarySpec } from './spec.js';

/**
 * A dictionary of `key1`, `key2`, … with seeded numbers. The same spec gives the same bits on every platform, and
 * both forms hold the same numbers: only + − × ÷ √ and 32-bit integer operations are used.
 * Lists are packed to V8, small ints or doubles from the first element on.
 * Throws a RangeError that names the axis, its value and the range it may have.
 */
export function generate(spec: DictionarySpec, form: 'lists'): Lists;
export function generate(spec: DictionarySpec, form: 'columns'): Columns;
export function generate(spec: DictionarySpec, form: Form): Dictionary;
export function generate(spec: DictionarySpec, form: Form): Dictionary {
  checkSpec(spec);
  if (form === 'lists') return generateLists(spec, lengthsOf(spec));
  const columns = columnsWithout(spec);
  new NumberStream(spec).fill(columns.values, 0, columns.values.length);
  return columns;
}

function lengthsOf({ keys, length, skew, seed }: DictionarySpec): Uint32Array {
  return listLengths(keys, length, skew, seed);
}

function generateLists(spec: DictionarySpec, lengths: Uint32Array): Lists {
  const most = longest(lengths);
  checkLongest(spec, most);
  const numbers = new NumberStream(spec);
  const template = packedArray(spec.values === 'ints' ? 0 : 0.5, most);
  const lists: Lists = new Map();
  for (let index = 0; index < lengths.length; index++) {
    const list = template.slice(0, lengths[index]);
    numbers.fill(list, 0, list.length);
    lists.set(`key${index + 1}`, list);
  }
  return lists;
}

/** Columns of a spec, whose numbers are still 0. Throws as `generate`. */
export function columnsWithout(spec: DictionarySpec): Columns {
  checkSpec(spec);
  const lengths = lengthsOf(spec);
  const keys: string[] = [];
  const offsets = new Uint32Array(lengths.length + 1);
  for (let index = 0; index < lengths.length; index++) {
    keys.push(`key${index + 1}`);
    offsets[index + 1] = offsets[index] + lengths[index];
  }
  return { keys, offsets, values: new Float64Array(offsets[lengths.length]) };
}

function longest(lengths: Uint32Array): number {
  let most = 0;
  for (const length of lengths) if (length > most) most = length;
  return most;
}

/** Binary places of the exponent that are used: 2^-24 of an exponent moves no length that anyone would notice. */
const exponentPlaces = 24;

/**
 * The length of every list, in key order; they add up to `keys * length` exactly, each at least 1.
 *
 * Zipf's long and short lists are shuffled by the seed. Longest first would be the best case of dynamic dispatch
 * (it is the rule of Graham's LPT schedule) and the worst of a static split; a user's dictionary grants neither.
 * The shuffle is one of ranks: which of two ranks comes first depends on the seed alone, not on the number of
 * keys, so a sweep over `keys` does not throw the dice anew at every point.
 */
export function listLengths(keys: number, length: number, skew: Skew, seed: number): Uint32Array {
  const lengths = new Uint32Array(keys);
  if (skew === 'equal') return lengths.fill(length);
  const byRank = zipfLengths(keys, length, skew);
  const order = shuffledRanks(keys, seed);
  for (let place = 0; place < keys; place++) lengths[place] = byRank[order[place]];
  return lengths;
}

/** Longest first. Every list gets one element, the rest is shared out by weight. */
function zipfLengths(keys: number, length: number, exponent: number): Uint32Array {
  const cumulative = new Float64Array(keys);
  let sum = 0;
  for (let rank = 0; rank < keys; rank++) {
    sum += 1 / power(rank + 1, exponent);
    cumulative[rank] = sum;
  }
  // Rounding the running total instead of each share makes the sum come out exactly: the last quotient is 1.
  const rest = keys * (length - 1);
  const lengths = new Uint32Array(keys);
  let before = 0;
  for (let rank = 0; rank < keys; rank++) {
    const upTo = Math.floor((cumulative[rank] / sum) * rest);
    lengths[rank] = 1 + upTo - before;
    before = upTo;
  }
  return lengths;
}

/**
 * base^exponent by products and square roots over the exponent's binary digits. Math.pow would be shorter, but its
 * last bits differ between versions of V8; a square root is rounded correctly everywhere (IEEE 754).
 */
function power(base: number, exponent: number): number {
  const whole = Math.floor(exponent);
  let result = 1;
  for (let factor = 0; factor < whole; factor++) result *= base;
  let fraction = exponent - whole;
  let root = base;
  for (let place = 0; place < exponentPlaces && fraction > 0; place++) {
    fraction *= 2;
    root = Math.sqrt(root);
    if (fraction >= 1) {
      result *= root;
      fraction -= 1;
    }
  }
  return result;
}

/** Ranks sorted by a hash of seed and rank; the rank in the low 24 bits breaks ties. */
function shuffledRanks(keys: number, seed: number): Uint32Array {
  const tickets = new Float64Array(keys);
  const salt = hash((seed | 0) ^ hash(Math.floor(seed / 2 ** 32) | 0));
  for (let rank = 0; rank < keys; rank++) {
    tickets[rank] = (hash(rank ^ salt) >>> 4) * 2 ** 24 + rank;
  }
  tickets.sort();
  return Uint32Array.from(tickets, (ticket) => ticket % 2 ** 24);
}

/** Chris Wellons' lowbias32: a bijection of 32-bit integers in which every input bit moves every output bit. */
function hash(word: number): number {
  let mixed = word;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}
