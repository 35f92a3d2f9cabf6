import type { Columns, Dictionary, Form, Lists } from '../contract/dictionary.js';
import { listLengths } from './lengths.js';
import { NumberStream } from './number-stream.js';
import { packedArray } from './packed-array.js';
import { checkLongest, checkSpec, type DictionarySpec } from './spec.js';

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
