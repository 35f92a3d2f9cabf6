import { type Marked, unmarked } from './marked.numbers.js';

/* The other side of a message, in a thread or a process: it keeps what it gets and sends it back when it is asked to. */

export type Asked =
  | { readonly do: 'keep'; readonly payload: Marked }
  /** Nothing but a message there and one back. */
  | { readonly do: 'touch' }
  | { readonly do: 'poison' }
  | { readonly do: 'back' }
  | { readonly do: 'return'; readonly values: Float64Array<ArrayBuffer> };

export type Said =
  | { readonly payload?: Marked; readonly values?: Float64Array<ArrayBuffer> }
  | { readonly ready: true };

/** Answers one message after another. */
export function keeper(): (asked: Asked) => Said {
  let kept: Marked = { lists: [] };
  let made: Marked = kept;
  return (asked) => {
    switch (asked.do) {
      case 'keep':
        kept = asked.payload;
        made = kept;
        return {};
      case 'touch':
        // The identity of what is there is what is there.
        made = kept;
        return {};
      case 'poison':
        made = { blank: unmarked(kept).map(({ length }) => length) };
        return {};
      case 'back':
        return { payload: made };
      case 'return':
        return { values: asked.values };
    }
  };
}
