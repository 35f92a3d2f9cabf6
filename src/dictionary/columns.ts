import {
  type Columns,
  type Dictionary,
  type Form,
  formOf,
  isLists,
  type Lists,
} from '../contract/dictionary.js';

/** `set` copies packed arrays in C++, 2.5 times as fast as a loop; below this length its call costs more than it saves. */
const longEnoughForSet = 40;

/** Packs lists into fresh columns, keys in the order of the map. */
export function toColumns(lists: Lists): Columns {
  const offsets = new Uint32Array(lists.size + 1);
  let index = 0;
  let end = 0;
  for (const list of lists.values()) {
    end += list.length;
    if (end > 2 ** 32 - 1) throw new RangeError(`more than 2^32 − 1 numbers cannot be packed into columns`);
    offsets[++index] = end;
  }
  const values = new Float64Array(end);
  packInto(lists, values);
  return { keys: [...lists.keys()], offsets, values };
}

/**
 * Copies all lists, one after another, into `values` from `offset` on, and returns where it stopped.
 * Throws a RangeError where `values` is too small: a typed array would drop the rest in silence.
 */
export function packInto(lists: Lists, values: Float64Array, offset = 0): number {
  let end = offset;
  for (const list of lists.values()) {
    if (list.length > longEnoughForSet) {
      if (end + list.length > values.length) throw tooSmall(values, offset);
      values.set(list, end);
    } else {
      // Compared with `list.length` itself, V8 knows that `index` is within bounds: a tenth faster than with a copy.
      for (let index = 0; index < list.length; index++) values[end + index] = list[index];
    }
    end += list.length;
  }
  // Short lists are checked here, once: a check for each costs a tenth of copying ten numbers.
  if (end > values.length) throw tooSmall(values, offset);
  return end;
}

function tooSmall(values: Float64Array, offset: number): RangeError {
  return new RangeError(
    `the lists do not fit: ${values.length - offset} numbers of room from offset ${offset}`,
  );
}

/**
 * Unpacks columns into fresh lists, keys in the same order. A list of nothing but small integers is stored by V8 as
 * small ints, as if it had been written in source code or parsed from JSON; any other list as doubles.
 */
export function toLists(columns: Columns): Lists {
  const { keys, offsets, values } = columns;
  let ints: number[] = [];
  let doubles: number[] = [];
  const lists: Lists = new Map();
  for (let index = 0; index < keys.length; index++) {
    const from = offsets[index];
    const to = offsets[index + 1];
    const length = to - from;
    if (areSmallInts(values, from, to)) {
      if (ints.length < length) ints = packedArray(0, length);
      lists.set(keys[index], unpackInts(values, from, ints.slice(0, length)));
    } else {
      if (doubles.length < length) doubles = packedArray(0.5, length);
      lists.set(keys[index], unpackDoubles(values, from, doubles.slice(0, length)));
    }
  }
  return lists;
}

/** Ends at the first number that is none: for doubles it costs next to nothing, for ints one reading. */
function areSmallInts(values: Float64Array, from: number, to: number): boolean {
  for (let index = from; index < to; index++) {
    const value = values[index];
    if ((value | 0) !== value || (value === 0 && 1 / value < 0)) return false;
  }
  return true;
}

/** Fills `list` from `values[from]` on. A number from a Float64Array is a double to V8 until `| 0` says otherwise. */
function unpackInts(values: Float64Array, from: number, list: number[]): number[] {
  for (let index = 0; index < list.length; index++) list[index] = values[from + index] | 0;
  return list;
}

function unpackDoubles(values: Float64Array, from: number, list: number[]): number[] {
  for (let index = 0; index < list.length; index++) list[index] = values[from + index];
  return list;
}

/** The dictionary in `form`: itself where it already has it, fresh memory where it has not. */
export function toForm(dictionary: Dictionary, form: 'lists'): Lists;
export function toForm(dictionary: Dictionary, form: 'columns'): Columns;
export function toForm(dictionary: Dictionary, form: Form): Dictionary;
export function toForm(dictionary: Dictionary, form: Form): Dictionary {
  if (formOf(dictionary) === form) return dictionary;
  return isLists(dictionary) ? toColumns(dictionary) : toLists(dictionary);
}

/**
 * Throws a RangeError where columns are not whole: offsets must start at 0, never fall, end at `values.length`, and be
 * one more than the keys. Keys must differ, or the lists form would lose one.
 */
export function checkColumns({ keys, offsets, values }: Columns): void {
  if (offsets.length !== keys.length + 1) {
    throw new RangeError(
      `columns: ${keys.length} keys need ${keys.length + 1} offsets, not ${offsets.length}`,
    );
  }
  if (offsets[0] !== 0) throw new RangeError(`columns: the first offset must be 0, not ${offsets[0]}`);
  for (let key = 0; key < keys.length; key++) {
    if (offsets[key + 1] < offsets[key]) {
      throw new RangeError(
        `columns: offsets must not fall, but list '${keys[key]}' goes from ${offsets[key]} to ${offsets[key + 1]}`,
      );
    }
  }
  if (offsets[keys.length] !== values.length) {
    throw new RangeError(
      `columns: the last offset must be the number of values, ${values.length}, not ${offsets[keys.length]}`,
    );
  }
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) throw new RangeError(`columns: key '${key}' appears twice`);
    seen.add(key);
  }
}

/**
 * A packed array of `length` fillers, to be copied from: 0 makes V8 store small ints, 0.5 doubles.
 *
 * `template.slice(0, n)` and overwriting is the fastest way to a packed array that is exactly as large as needed:
 * 6 to 8 ns per number, where `[]` and push take 6 (short lists) to 23 and keep up to half as much again in reserve.
 * `new Array(n)` takes 4 to 6, but is holey for ever, and every loop over it then checks for holes.
 * Doubling by concat builds the template itself in 3 copies of memory.
 */
export function packedArray(filler: 0 | 0.5, length: number): number[] {
  let packed: number[] = [filler];
  while (packed.length < length) packed = packed.concat(packed.slice(0, length - packed.length));
  return packed;
}
