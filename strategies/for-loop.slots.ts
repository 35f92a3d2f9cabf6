import { type Dictionary, isLists, type List, type Lists, type StagedSession } from 'breakeven';

/*
 * Kernels that make their own answers (`wait`, and plain functions with `fresh`) cannot fill an output. Here an output
 * is a slot that holds whatever list the kernel answered.
 */

/** Applies the kernel to every list and stores answer `i` in `answers[i]`. */
export type Fill = (lists: readonly List[], answers: List[]) => void | Promise<void>;

/** A session of slots; `fill` decides in which order, and what may be under way at the same time. */
export function slotSession(fill: Fill): StagedSession {
  return {
    place(input) {
      const lists = listsOf(input);
      const answers: List[] = lists.map(nothing);
      return {
        compute: () => fill(lists, answers),
        collect: () => handBack(input, answers, (answer) => Array.from(answer)),
        spoil() {
          for (let i = 0; i < lists.length; i += 1) answers[i] = nothing(lists[i]);
        },
      };
    },
    run(input) {
      const lists = listsOf(input);
      const answers: List[] = new Array(lists.length);
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
  if (isLists(input)) return [...input.values()];
  const { keys, offsets, values } = input;
  return keys.map((_, i) => values.subarray(offsets[i], offsets[i + 1]));
}

/** Answers in the form of the input, in memory that nobody else holds. */
function handBack(
  input: Dictionary,
  answers: readonly List[],
  own: (answer: List, i: number) => number[],
): Dictionary {
  if (isLists(input)) {
    const lists: Lists = new Map();
    let i = 0;
    for (const key of input.keys()) {
      lists.set(key, own(answers[i], i));
      i += 1;
    }
    return lists;
  }
  const offsets = new Uint32Array(answers.length + 1);
  for (let i = 0; i < answers.length; i += 1) offsets[i + 1] = offsets[i] + answers[i].length;
  const values = new Float64Array(offsets[answers.length]);
  for (let i = 0; i < answers.length; i += 1) values.set(answers[i], offsets[i]);
  return { keys: input.keys, offsets, values };
}

function copyOf(answer: List): number[] {
  return Array.isArray(answer) ? answer.slice() : Array.from(answer);
}

/** What a slot holds while there is no answer. */
function nothing(list: List): List {
  return new Array(list.length).fill(NaN);
}
