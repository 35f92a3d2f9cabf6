import { type Columns, type Dictionary, isLists, type List, type Lists, type StagedSession } from 'breakeven';
import { viewsOf } from './for-loop.columns.js';

/*
 * Kernels that make their own answers (`wait`, and plain functions with `fresh`) cannot fill an output that they are
 * given. Here an output is a slot that holds whatever list the kernel answered.
 */

/** Applies the kernel to every list and stores answer `i` in `answers[i]`. */
export type Fill = (lists: readonly List[], answers: List[]) => void | Promise<void>;

/** A session of slots; `fill` decides in which order, and what may be under way at the same time. */
export function slotSession(fill: Fill): StagedSession {
  return {
    place(input) {
      const lists = listsOf(input);
      const answers = lists.map(noAnswer);
      return {
        compute: () => fill(lists, answers),
        collect: () => handBack(input, answers, copyOf),
        poison() {
          for (let i = 0; i < lists.length; i += 1) answers[i] = noAnswer(lists[i]);
        },
      };
    },
    run(input) {
      const lists = listsOf(input);
      const answers: List[] = new Array(lists.length);
      // A function may answer its input itself: the caller owns that already, and gets a copy.
      const own = (answer: List, i: number) =>
        Array.isArray(answer) && answer !== lists[i] ? answer : copyOf(answer);
      const filled = fill(lists, answers);
      return filled ? filled.then(() => handBack(input, answers, own)) : handBack(input, answers, own);
    },
    close() {},
  };
}

/** The lists of a dictionary in key order; views of the packed values where it is in columns. */
export function listsOf(input: Dictionary): List[] {
  return isLists(input) ? [...input.values()] : viewsOf(input, input.values);
}

/** Answers under their keys, in the order of the keys. */
export function underKeys<T extends List>(
  keys: Iterable<string>,
  answers: readonly T[],
  own: (answer: T, i: number) => number[],
): Lists {
  const lists: Lists = new Map();
  let i = 0;
  for (const key of keys) {
    lists.set(key, own(answers[i], i));
    i += 1;
  }
  return lists;
}

function handBack(
  input: Dictionary,
  answers: readonly List[],
  own: (answer: List, i: number) => number[],
): Dictionary {
  return isLists(input) ? underKeys(input.keys(), answers, own) : packed(input.keys, answers);
}

/** An answer may have another length than its input, so the offsets are counted anew. */
function packed(keys: readonly string[], answers: readonly List[]): Columns {
  const offsets = new Uint32Array(answers.length + 1);
  for (let i = 0; i < answers.length; i += 1) offsets[i + 1] = offsets[i] + answers[i].length;
  const values = new Float64Array(offsets[answers.length]);
  for (let i = 0; i < answers.length; i += 1) values.set(answers[i], offsets[i]);
  return { keys, offsets, values };
}

function copyOf(answer: List): number[] {
  return Array.isArray(answer) ? answer.slice() : Array.from(answer);
}

/** What a slot holds while there is no answer. */
function noAnswer(list: List): List {
  return new Array(list.length).fill(NaN);
}
