import { type Columns, type Dictionary, isLists, type Lists } from '../contract/dictionary.js';

/** The bits of one number, read through a buffer. */
const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/**
 * Low and high halves of the numbers go through lanes of their own, 32 bits each: the two chains of multiplications
 * overlap in the processor, and two wrong numbers that cancel out must do so in both.
 */
interface Lanes {
  low: number;
  high: number;
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
  const lanes: Lanes = { low: 0x811c9dc5 | 0, high: 0x9747b28c | 0 };
  if (isLists(dictionary)) addLists(lanes, dictionary);
  else addColumns(lanes, dictionary);
  return hex(lanes.low) + hex(lanes.high);
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
  let { low, high } = lanes;
  for (let index = 0; index < list.length; index++) {
    double[0] = list[index];
    low = mix(low, halves[0]);
    high = mix(high, halves[1]);
  }
  lanes.low = low;
  lanes.high = high;
}

function addWords(lanes: Lanes, words: Int32Array): void {
  let { low, high } = lanes;
  for (let index = 0; index < words.length; index += 2) {
    low = mix(low, words[index]);
    high = mix(high, words[index + 1]);
  }
  lanes.low = low;
  lanes.high = high;
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
