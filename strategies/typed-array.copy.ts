import type { Kernel, Lists } from 'breakeven';
import { isSmallInt } from './for-loop.lists.js';

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
  let i = 0;
  for (const odd = length % 4; i < odd; i += 1) values[at + i] = list[from + i];
  for (; i < length; i += 4) {
    const source = from + i;
    const target = at + i;
    values[target] = list[source];
    values[target + 1] = list[source + 1];
    values[target + 2] = list[source + 2];
    values[target + 3] = list[source + 3];
  }
}

/** Copies `length` numbers from `values[at]` and after into a list, from its index `from` on. */
export function unpackInto(
  list: number[],
  from: number,
  length: number,
  values: Float64Array,
  at: number,
): void {
  let i = 0;
  for (const odd = length % 4; i < odd; i += 1) list[from + i] = values[at + i];
  for (; i < length; i += 4) {
    const source = at + i;
    const target = from + i;
    list[target] = values[source];
    list[target + 1] = values[source + 1];
    list[target + 2] = values[source + 2];
    list[target + 3] = values[source + 3];
  }
}

/** Unpacks the answers to `lists` into fresh lists under the same keys: as long as these, or lists of one. */
export function unpackAnswers({ kind }: Kernel, lists: Lists, values: Float64Array): Lists {
  const answers: Lists = new Map();
  if (kind === 'reduce') {
    for (const key of lists.keys()) answers.set(key, [values[answers.size]]);
    return answers;
  }
  const keys = lists.keys() as Iterator<string, never>;
  let longest: number[] = [];
  let at = 0;
  for (const list of lists.values()) {
    const answer = doublesFor(list, longest);
    unpackInto(answer, 0, list.length, values, at);
    answers.set(keys.next().value, answer);
    if (answer.length >= longest.length) longest = answer;
    at += list.length;
  }
  return answers;
}

/**
 * A fresh list, as long as the one that is given, to be overwritten with doubles. `longest` is the latest of the
 * longest ones so far. Numbers from a Float64Array are doubles to V8, whole ones too; a list that is kept as small ints
 * would be converted when the first is stored.
 */
export function doublesFor(list: readonly number[], longest: readonly number[]): number[] {
  const { length } = list;
  if (length === 0) return [];
  if (!isSmallInt(list[0])) return list.slice();
  if (longest.length === length) return longest.slice();
  if (longest.length > length) return longest.slice(0, length);
  const doubles = list.slice();
  doubles[0] = 0.5;
  return doubles;
}
