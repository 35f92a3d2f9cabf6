import { type Dictionary, isLists, type Lists } from '../../../src/contract/dictionary.js';
import type { Kernel } from '../../../src/contract/kernel.js';
import type { Session } from '../../../src/contract/strategy.js';
import { toColumns, toForm } from '../../../src/dictionary/columns.js';
import type { Fault } from './fault.js';
import { copied, inForm, listsOf, overwrite, rightAnswer } from './honest.js';

/** Faults of a session that only runs. Each is a function of kernel and input, made anew for every session. */
export const runFaults: readonly Fault[] = [
  wrong('drops-the-last-chunk', () => (kernel, input) => {
    const lists = listsOf(rightAnswer(kernel, input));
    const last = [...lists.keys()].at(-1);
    if (last !== undefined) lists.delete(last);
    return inForm(lists, input);
  }),
  wrong('swaps-two-keys', () => (kernel, input) => {
    const lists = listsOf(rightAnswer(kernel, input));
    const [a, b] = [...lists.keys()].slice(-2);
    if (a === undefined || b === undefined) return inForm(lists, input);
    const [first, second] = [lists.get(a) ?? [], lists.get(b) ?? []];
    return inForm(lists.set(a, second).set(b, first), input);
  }),
  wrong(
    'reverses-the-keys',
    () => (kernel, input) => inForm(new Map([...listsOf(rightAnswer(kernel, input))].reverse()), input),
  ),
  wrong('mutates-its-input', () => (kernel, input) => {
    const answer = rightAnswer(kernel, input);
    for (const numbers of isLists(input) ? input.values() : [input.values])
      if (numbers.length > 1) numbers[1] += 1;
    return answer;
  }),
  // The number that the driver itself overwrites to make data fresh.
  wrong('mutates-the-first-number', () => (kernel, input) => {
    const answer = rightAnswer(kernel, input);
    for (const numbers of isLists(input) ? input.values() : [input.values]) {
      if (numbers.length === 0) continue;
      numbers[0] += 1;
      break;
    }
    return answer;
  }),
  wrong('answers-in-float32', () => (kernel, input) => rightAnswer(kernel, input, Math.fround)),
  wrong(
    'wraps-at-32-bits',
    () => (kernel, input) => rightAnswer(kernel, input, (y) => (Number.isInteger(y) ? y | 0 : y)),
  ),
  wrong('returns-the-previous-answer', () => {
    let previous: Dictionary | undefined;
    return (kernel, input) => {
      const answer = rightAnswer(kernel, input);
      const old = previous ?? answer;
      previous = answer;
      return old;
    };
  }),
  wrong('caches-by-identity', () => {
    const known = new WeakMap<Dictionary, Dictionary>();
    return (kernel, input) => {
      const answer = known.get(input) ?? rightAnswer(kernel, input);
      known.set(input, answer);
      return inForm(copied(listsOf(answer)), input);
    };
  }),
  wrong('returns-before-its-workers-finish', () => (kernel, input) => {
    const answer = rightAnswer(kernel, input);
    const empty = inForm(
      copied(listsOf(answer), () => 0),
      input,
    );
    setImmediate(() => overwrite(empty, answer));
    return Promise.resolve(empty);
  }),
  // A forgotten await: all is there a few microtasks later.
  wrong('fills-its-answer-in-a-microtask', () => (kernel, input) => {
    const answer = rightAnswer(kernel, input);
    const empty = inForm(
      copied(listsOf(answer), () => 0),
      input,
    );
    void Promise.resolve().then(() => overwrite(empty, answer));
    return empty;
  }),
  wrong('reuses-its-output', () => {
    let output: Dictionary | undefined;
    return (kernel, input) => {
      const answer = rightAnswer(kernel, input);
      if (output === undefined || shapeOf(output) !== shapeOf(answer)) output = answer;
      overwrite(output, answer);
      return output;
    };
  }),
  wrong(
    'answers-in-the-other-form',
    () => (kernel, input) => toForm(rightAnswer(kernel, input), isLists(input) ? 'columns' : 'lists'),
  ),
  wrong('leaves-a-hole', () => (kernel, input) => {
    const answer = rightAnswer(kernel, input);
    // Columns have no holes: there the last number stays what fresh memory is.
    if (!isLists(answer))
      return { ...answer, values: answer.values.map((y, i, all) => (i + 1 < all.length ? y : 0)) };
    for (const list of answer.values()) if (list.length > 0) delete list[list.length - 1];
    return answer;
  }),
  wrong('answers-a-shorter-list', () => (kernel, input) => {
    const lists: Lists = listsOf(rightAnswer(kernel, input));
    for (const list of lists.values()) list.pop();
    return isLists(input) ? lists : toColumns(lists);
  }),
  wrong('answers-nothing', () => () => undefined as unknown as Dictionary),
];

type Run = (kernel: Kernel, input: Dictionary) => Dictionary | Promise<Dictionary>;

function wrong(id: string, makeRun: () => Run): Fault {
  const open = (kernel: Kernel): Session => {
    const run = makeRun();
    return { run: (input) => run(kernel, input), close: () => {} };
  };
  return { id, outcome: 'wrong', open };
}

function shapeOf(dictionary: Dictionary): string {
  return [...listsOf(dictionary)].map(([key, list]) => `${key}:${list.length}`).join();
}
