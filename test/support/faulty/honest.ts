import { type Dictionary, isLists, type Lists } from '../../../src/contract/dictionary.js';
import type { Kernel, List } from '../../../src/contract/kernel.js';
import type { Placed } from '../../../src/contract/strategy.js';
import { toForm, toLists } from '../../../src/dictionary/columns.js';

/** What the faulty strategies have in common: everything but their fault. Columns go by way of lists. */
export function rightAnswer(kernel: Kernel, input: Dictionary, change = (y: number) => y): Dictionary {
  const answers: Lists = new Map();
  for (const [key, list] of listsOf(input)) answers.set(key, answerOfList(kernel, list).map(change));
  return toForm(answers, isLists(input) ? 'lists' : 'columns');
}

/** Places by copying; `outputs` are lists whatever the form. */
export function rightPlaced(kernel: Kernel, input: Dictionary): Placed & { readonly outputs: Lists } {
  const inputs = copied(listsOf(input));
  const outputs = copied(rightAnswerLists(kernel, inputs), () => Number.NaN);
  return {
    outputs,
    compute: () => {
      for (const [key, list] of inputs) fill(outputs.get(key) ?? [], answerOfList(kernel, list));
    },
    collect: () => inForm(copied(outputs), input),
    poison: () => {
      for (const list of outputs.values()) list.fill(Number.NaN);
    },
  };
}

/** Lists in the form of the input: always fresh memory where that is columns. */
export function inForm(lists: Lists, input: Dictionary): Dictionary {
  return toForm(lists, isLists(input) ? 'lists' : 'columns');
}

export function listsOf(input: Dictionary): Lists {
  return isLists(input) ? input : toLists(input);
}

export function copied(lists: Lists, change = (y: number) => y): Lists {
  return new Map([...lists].map(([key, list]) => [key, list.map(change)]));
}

/** Writes a dictionary's numbers over another's of the same shape. */
export function overwrite(target: Dictionary, source: Dictionary): void {
  if (isLists(target)) for (const [key, list] of listsOf(source)) fill(target.get(key) ?? [], list);
  else if (!isLists(source)) target.values.set(source.values);
}

function rightAnswerLists(kernel: Kernel, lists: Lists): Lists {
  return new Map([...lists].map(([key, list]) => [key, answerOfList(kernel, list)]));
}

function answerOfList(kernel: Kernel, xs: List): number[] {
  if (kernel.kind === 'reduce') return [kernel.list(xs)];
  const out = Array.from(xs);
  // A kernel that waits answers its input: no strategy here supports it.
  if (kernel.kind === 'map') kernel.list(xs, out);
  return out;
}

function fill(target: number[], source: readonly number[]): void {
  for (let i = 0; i < source.length; i++) target[i] = source[i];
}
