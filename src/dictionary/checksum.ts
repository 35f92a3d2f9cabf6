import { type Columns, type Dictionary, isLists, type Lists } from '../contract/dictionary.js';

/** The bits of two numbers, read through a buffer. */
const doubles = new Float64Array(2);
const halves = new Int32Array(doubles.buffer);

/**
 * Low and high halves of the numbers go through lanes of their own, 32 bits each, and so do numbers at odd places: the
 * chains of multiplications overlap in the processor, and two wrong numbers that cancel out must do so in both halves.
 */
interface Lanes {
  low: number;
  high: number;
  oddLow: number;
  oddHigh: number;
}

/**
 * A digest of keys, their order, lengths and the bits of every number (−0 is not 0): two
 * checksums of one dictionary, before and after a strategy had it, tell whether it was changed. Digests of the two
 * forms of the same numbers differ. Not cryptographic.
 *
 * It has loops of its own and calls nothing that packs or compares: what V8 learns here about its arguments must not
 * slow down, or speed up, code that is being measured.
 */
export function checksum(dictionary: Dictionary): string {
  const lanes: Lanes = {
    low: 0x811c9dc5 | 0,
    high: 0x9747b28c | 0,
    oddLow: 0x1b873593 | 0,
    oddHigh: 0x85ebca6b | 0,
  };
  if (isLists(dictionary)) addLists(lanes, dictionary);
  else addColumns(lanes, dictionary);
  return hex(mix(lanes.low, lanes.oddLow)) + hex(mix(lanes.high, lanes.oddHigh));
}

function addLists(lanes: Lanes, lists: Lists): void {
  addPair(lanes, lists.size, 0);
  for (const [key, list] of lists) {
    addText(lanes, key);
    addList(lanes, list);
  }
}

function addColumns(lanes: Lanes, { keys, offsets, values }: Columns): void {
  addPair(lanes, keys.length, values.length);
  for (const key of keys) addText(lanes, key);
  for (const offset of offsets) addPair(lanes, offset, 0);
  addWords(lanes, new Int32Array(values.buffer, values.byteOffset, values.length * 2));
}

function addText(lanes: Lanes, text: string): void {
  addPair(lanes, text.length, 0);
  for (let index = 0; index < text.length; index++) addPair(lanes, text.charCodeAt(index), 0);
}

function addList(lanes: Lanes, list: number[]): void {
  addPair(lanes, list.length, 0);
  let { low, high, oddLow, oddHigh } = lanes;
  const pairs = list.length - (list.length % 2);
  for (let index = 0; index < pairs; index += 2) {
    doubles[0] = list[index];
    doubles[1] = list[index + 1];
    low = mix(low, halves[0]);
    high = mix(high, halves[1]);
    oddLow = mix(oddLow, halves[2]);
    oddHigh = mix(oddHigh, halves[3]);
  }
  if (pairs < list.length) {
    doubles[0] = list[pairs];
    low = mix(low, halves[0]);
    high = mix(high, halves[1]);
  }
  lanes.low = low;
  lanes.high = high;
  lanes.oddLow = oddLow;
  lanes.oddHigh = oddHigh;
}

function addWords(lanes: Lanes, words: Int32Array): void {
  let { low, high, oddLow, oddHigh } = lanes;
  const pairs = words.length - (words.length % 4);
  for (let index = 0; index < pairs; index += 4) {
    low = mix(low, words[index]);
    high = mix(high, words[index + 1]);
    oddLow = mix(oddLow, words[index + 2]);
    oddHigh = mix(oddHigh, words[index + 3]);
  }
  if (pairs < words.length) {
    low = mix(low, words[pairs]);
    high = mix(high, words[pairs + 1]);
  }
  lanes.low = low;
  lanes.high = high;
  lanes.oddLow = oddLow;
  lanes.oddHigh = oddHigh;
}

function addPair(lanes: Lanes, low: number, high: number): void {
  lanes.low = mix(lanes.low, low);
  lanes.high = mix(lanes.high, high);
}

/**
 * Multiply and xor-shift, as in MurmurHash3 (Austin Appleby). For one state it is a bijection of the word: a single
 * changed number always changes the digest.
 */
function mix(state: number, word: number): number {
  const mixed = Math.imul(state ^ word, 0xcc9e2d51);
  return mixed ^ (mixed >>> 15);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
