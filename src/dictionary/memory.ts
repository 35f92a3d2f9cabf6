import type { Form } from '../contract/dictionary.js';

/** Size of a dictionary before it exists. */
export interface DictionarySize {
  readonly keys: number;
  /** Numbers in all lists together. */
  readonly elements: number;
}

/*
 * What V8 takes on a 64-bit machine without pointer compression, as Node is built: every field, element and header word
 * is 8 bytes. Small ints and doubles take the same.
 */
const word = 8;
const arrayObject = 4 * word;
const elementsHeader = 2 * word;
const stringHeader = 2 * word;

/** An OrderedHashMap's entry is key, value and chain; it has one bucket for every two entries. */
const mapEntry = 3.5 * word;

/**
 * Bytes that a dictionary holds in memory, in heap and typed arrays together, for keys like `key1`, `key2`, …
 * Within 10 % of what Node reports for a million short and for 16 long lists, of ints and of doubles (memory.test.ts).
 * Left out: what making it needs for a moment, and what the garbage collector keeps in reserve.
 */
export function dictionaryBytes({ keys, elements }: DictionarySize, form: Form): number {
  const names = keys * (stringHeader + toWords(`key${keys}`.length));
  if (form === 'columns')
    return names + keys * word + (keys + 1) * Uint32Array.BYTES_PER_ELEMENT + elements * word;
  return names + mapCapacity(keys) * mapEntry + keys * (arrayObject + elementsHeader) + elements * word;
}

/** A Map doubles when it is full, from 4 on: just past a power of two, half of it is empty. */
function mapCapacity(keys: number): number {
  let capacity = 4;
  while (capacity < keys) capacity *= 2;
  return capacity;
}

function toWords(bytes: number): number {
  return Math.ceil(bytes / word) * word;
}
