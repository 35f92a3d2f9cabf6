import type { Columns, Lists } from 'breakeven';

/*
 * Copying between lists and packed numbers, four per turn: V8 does not unroll loops, and `set` and `Array.from` on
 * views cost 4 times as much for lists of 10, `Array.from` 15 times for long ones.
 */

/** Copies `length` numbers of a list, from index `from` on, to `values[at]` and after. */
export function packInto(
  list: readonly number[],
  from: number,
  length: number,
  values: Float64Array,
  at: number,
): void {
  const blocks = length - (length % 4);
  let i = 0;
  for (; i < blocks; i += 4) {
    const source = from + i;
    const target = at + i;
    values[target] = list[source];
    values[target + 1] = list[source + 1];
    values[target + 2] = list[source + 2];
    values[target + 3] = list[source + 3];
  }
  for (; i < length; i += 1) values[at + i] = list[from + i];
}

/** Copies `length` numbers from `values[at]` and after into a list, from its index `from` on. */
export function unpackInto(
  list: number[],
  from: number,
  length: number,
  values: Float64Array,
  at: number,
): void {
  const blocks = length - (length % 4);
  let i = 0;
  for (; i < blocks; i += 4) {
    const source = at + i;
    const target = from + i;
    list[target] = values[source];
    list[target + 1] = values[source + 1];
    list[target + 2] = values[source + 2];
    list[target + 3] = values[source + 3];
  }
  for (; i < length; i += 1) list[from + i] = values[at + i];
}

/** Unpacks columns into fresh lists, keys in the same order. */
export function unpackAll({ keys, offsets, values }: Columns): Lists {
  const lists: Lists = new Map();
  const newList = listMaker();
  for (let k = 0; k < keys.length; k += 1) {
    const length = offsets[k + 1] - offsets[k];
    const list = newList(length);
    unpackInto(list, 0, length, values, offsets[k]);
    lists.set(keys[k], list);
  }
  return lists;
}

/**
 * Returns a maker of fresh lists to be overwritten with doubles: slices of a packed list of doubles are packed and of
 * the right kind. The list made before is the best to slice, since it is in the cache.
 */
export function listMaker(): (length: number) => number[] {
  let before: number[] = [];
  let longest: number[] = [0.5];
  return (length) => {
    if (before.length === length) {
      before = before.slice();
      return before;
    }
    while (longest.length < length) longest = longest.concat(longest.slice(0, length - longest.length));
    before = longest.slice(0, length);
    return before;
  };
}
