import type { Kernel, Lists } from 'breakeven';

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

/** Unpacks the answers to `lists` into fresh lists under the same keys: as long as these, or lists of one. */
export function unpackAnswers({ kind }: Kernel, lists: Lists, values: Float64Array): Lists {
  const answers: Lists = new Map();
  if (kind === 'reduce') {
    for (const key of lists.keys()) answers.set(key, [values[answers.size]]);
    return answers;
  }
  const newList = listMaker();
  let at = 0;
  lists.forEach((list, key) => {
    const answer = newList(list);
    unpackInto(answer, 0, list.length, values, at);
    answers.set(key, answer);
    at += list.length;
  });
  return answers;
}

/**
 * Returns a maker of fresh lists, as long as the one that is given, to be overwritten with doubles. Slices of a packed
 * list of doubles are that, too; the list made before is the best to slice, since it is in the cache.
 */
export function listMaker(): (list: readonly number[]) => number[] {
  let before: number[] = [];
  let longest: number[] = [];
  return (list) => {
    if (before.length === list.length) {
      before = before.slice();
    } else if (longest.length >= list.length) {
      before = longest.slice(0, list.length);
    } else {
      before = list.slice();
      // Small ints become doubles here, and not at the first answer.
      before[0] = 0.5;
      longest = before;
    }
    return before;
  };
}
