import type { KernelPlugin, List } from '../contract/kernel.js';

/** What somebody has: a function of one list. */
export type PlainFunction = (list: number[]) => number[] | number | Promise<number[] | number>;

/** Found by calling the function once on real data, since a function does not say what it returns. */
export type PlainKind = 'map' | 'reduce' | 'wait';

/** The option under which the driver passes the kind on to every process. */
export const plainKindOption = 'kind';

/**
 * Makes a kernel plug-in of a plain `list => list` or `list => number`, sync or async. Such a function makes its own
 * output, may not be cut, and has no vector twin.
 */
export function wrapPlainFunction(fn: PlainFunction, title: string): KernelPlugin {
  return {
    title,
    options: { [plainKindOption]: 'map' },
    split: 'never',
    agree: 'exact',
    make: ({ kind }) => {
      const work = (length: number) => ({ flops: Number.NaN, bytes: 8 * length });
      if (kind === 'reduce') return { kind: 'reduce', list: fn as unknown as (xs: List) => number, work };
      if (kind === 'wait')
        return { kind: 'wait', list: async (xs) => asList(await fn(xs as number[])), work };
      const fresh = fn as unknown as (xs: List) => number[];
      return { kind: 'map', fresh, list: copyOf(fresh), work };
    },
  };
}

function asList(answer: number[] | number): ArrayLike<number> {
  return typeof answer === 'number' ? [answer] : answer;
}

/** `list` for callers that insist on an output of their own: the function's answer, copied. */
function copyOf(fresh: (xs: List) => number[]) {
  return (xs: List, out: { [index: number]: number }) => {
    const answer = fresh(xs);
    for (let i = 0; i < answer.length; i++) out[i] = answer[i];
  };
}
