import type { Columns, Dictionary, Form, Lists } from '../contract/dictionary.js';
import { listLengths } from './lengths.js';
import { fillDoubles, fillInts } from './numbers.js';
import { packedArray } from './packed-array.js';
import { randomState } from './random.js';
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
  const lengths = listLengths(spec.keys, spec.length, spec.skew, spec.seed);
  return form === 'lists' ? generateLists(spec, lengths) : generateColumns(spec, lengths);
}

function generateLists(spec: DictionarySpec, lengths: Uint32Array): Lists {
  const most = longest(lengths);
  checkLongest(spec, most);
  const state = randomState(spec.seed);
  const fill = spec.values === 'ints' ? fillInts : fillDoubles;
  const template = packedArray(spec.values === 'ints' ? 0 : 0.5, most);
  const lists: Lists = new Map();
  for (let index = 0; index < lengths.length; index++) {
    const list = template.slice(0, lengths[index]);
    fill(state, list, 0, list.length);
    lists.set(`key${index + 1}`, list);
  }
  return lists;
}

function generateColumns(spec: DictionarySpec, lengths: Uint32Array): Columns {
  const keys: string[] = [];
  const offsets = new Uint32Array(lengths.length + 1);
  for (let index = 0; index < lengths.length; index++) {
    keys.push(`key${index + 1}`);
    offsets[index + 1] = offsets[index] + lengths[index];
  }
  const values = new Float64Array(offsets[lengths.length]);
  const fill = spec.values === 'ints' ? fillInts : fillDoubles;
  fill(randomState(spec.seed), values, 0, values.length);
  return { keys, offsets, values };
}

function longest(lengths: Uint32Array): number {
  let most = 0;
  for (const length of lengths) if (length > most) most = length;
  return most;
}
