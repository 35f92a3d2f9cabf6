import { closeSync, fstatSync, openSync } from 'node:fs';
import type { Columns } from '../contract/dictionary.js';
import { readAll, writeAll } from '../dictionary/columns-file.js';

/*
 * How bulk numbers cross the border: a file of nothing but little-endian doubles. First the length of each list, then
 * all numbers, one list after another. How many of each is said in the message beside it.
 */
export interface NumbersSize {
  readonly lists: number;
  readonly numbers: number;
}

const doubleBytes = Float64Array.BYTES_PER_ELEMENT;

export function writeNumbers(path: string, { offsets, values }: Omit<Columns, 'keys'>): NumbersSize {
  const lists = offsets.length - 1;
  const lengths = new Float64Array(lists);
  for (let list = 0; list < lists; list++) lengths[list] = offsets[list + 1] - offsets[list];
  const file = openSync(path, 'w');
  try {
    writeAll(file, lengths);
    writeAll(file, values);
  } finally {
    closeSync(file);
  }
  return { lists, numbers: values.length };
}

/** Reads what a program wrote. Throws an Error where the file holds more or less than it said, before reading it. */
export function readNumbers(path: string, { lists, numbers }: NumbersSize): Omit<Columns, 'keys'> {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const expected = (lists + numbers) * doubleBytes;
    if (size !== expected)
      throw new Error(
        `its file has ${size} bytes; ${lists} lengths and ${numbers} numbers are ${expected} bytes (8 each)`,
      );
    const lengths = readAll(file, new Float64Array(lists), 0);
    const offsets = offsetsOf(lengths, numbers);
    return { offsets, values: readAll(file, new Float64Array(numbers), lists * doubleBytes) };
  } finally {
    closeSync(file);
  }
}

function offsetsOf(lengths: Float64Array, numbers: number): Uint32Array {
  const offsets = new Uint32Array(lengths.length + 1);
  let end = 0;
  lengths.forEach((length, list) => {
    if (!(Number.isInteger(length) && length >= 0))
      throw new Error(`its file says that list ${list} has ${length} numbers`);
    end += length;
    offsets[list + 1] = end;
  });
  if (end !== numbers)
    throw new Error(`the lengths in its file add up to ${end}, and it said ${numbers} numbers`);
  return offsets;
}
