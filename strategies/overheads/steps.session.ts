import {
  type Dictionary,
  isLists,
  type KernelRef,
  type Lists,
  type StagedSession,
  type Support,
  toForm,
  toLists,
} from 'breakeven';

/*
 * What the strategies of this folder have in common. Each takes an overhead apart: its stages are the shares, so that
 * a record's phases are the figures. They do no work, and so answer the identity alone.
 */

/** `supports` of every strategy here. */
export function identityAlone({ module }: KernelRef): Support {
  return (
    /\/identity\.js(\?.*)?$/.test(module) || {
      reason: 'it measures an overhead by itself, and does no work but the kernel "identity"',
    }
  );
}

/** Three steps in one thread, each a stage. `Sent` is what the first makes of the lists, the second lists of that. */
export interface Steps<Sent> {
  place(lists: number[][]): Sent;
  /** Fresh lists at each call. */
  compute(sent: Sent): number[][];
  collect(lists: number[][]): number[][];
}

/** A session whose stages are the steps. Data in columns is unpacked first: the scenario starts from lists. */
export function sessionOf<Sent>(steps: Steps<Sent>): StagedSession {
  return {
    place(input) {
      const lists = listsOf(input);
      const sent = steps.place(lists);
      let made: number[][] = [];
      return {
        compute() {
          made = steps.compute(sent);
        },
        collect: () => under(input, steps.collect(made)),
        poison() {
          made = blankLike(lists);
        },
      };
    },
    close() {},
  };
}

export function listsOf(input: Dictionary): number[][] {
  return [...(isLists(input) ? input : toLists(input)).values()];
}

/** Lists under the keys of the input and in its form. */
export function under(input: Dictionary, lists: readonly number[][]): Dictionary {
  const keys = isLists(input) ? input.keys() : input.keys.values();
  const answers: Lists = new Map();
  let i = 0;
  for (const key of keys) answers.set(key, lists[i++]);
  return toForm(answers, isLists(input) ? 'lists' : 'columns');
}

/** Lists of the same lengths that hold nothing but NaN. */
export function blankLike(lists: readonly ArrayLike<number>[]): number[][] {
  return lists.map(({ length }) => new Array<number>(length).fill(Number.NaN));
}

export function sliced(lists: readonly number[][]): number[][] {
  return lists.map((list) => list.slice());
}
