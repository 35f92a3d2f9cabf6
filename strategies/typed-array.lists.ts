import type { Lists } from 'breakeven';
import { doublesFor, packInto, unpackInto } from './typed-array.copy.js';
import type { Cut, Window } from './typed-array.window.js';

/** Maps lists to fresh lists through a window: short lists many at a time, long ones part by part. */
export function mapLists(window: Window, cut: Cut, input: Lists): Lists {
  const size = window.source.length;
  const answers: Lists = new Map();
  const keys = input.keys() as Iterator<string, never>;
  // Lists that are in the window and not yet answered.
  const waiting: number[][] = [];
  let used = 0;
  let longest: number[] = [];
  for (const list of input.values()) {
    const { length } = list;
    if (used + length > size) {
      longest = answerAll(waiting, window, cut, keys, answers, longest);
      waiting.length = 0;
      used = 0;
    }
    if (length > size) {
      const answer = doublesFor(list, longest);
      mapParts(window, list, answer);
      answers.set(keys.next().value, answer);
      if (answer.length >= longest.length) longest = answer;
    } else {
      packInto(list, 0, length, window.source, used);
      waiting.push(list);
      used += length;
    }
  }
  answerAll(waiting, window, cut, keys, answers, longest);
  return answers;
}

/** Answers the lists that wait in the window. Takes and returns the longest output so far: see `doublesFor`. */
function answerAll(
  waiting: readonly number[][],
  window: Window,
  { anywhere }: Cut,
  keys: Iterator<string, never>,
  answers: Lists,
  longest: number[],
): number[] {
  if (anywhere) window.map(0, lengthOf(waiting));
  let at = 0;
  for (const list of waiting) {
    const { length } = list;
    if (!anywhere) window.map(at, length);
    const answer = doublesFor(list, longest);
    unpackInto(answer, 0, length, window.target, at);
    answers.set(keys.next().value, answer);
    if (length >= longest.length) longest = answer;
    at += length;
  }
  return longest;
}

function lengthOf(lists: readonly number[][]): number {
  let sum = 0;
  for (const { length } of lists) sum += length;
  return sum;
}

function mapParts(window: Window, list: number[], answer: number[]): void {
  const { source, target } = window;
  for (let from = 0; from < list.length; from += source.length) {
    const length = Math.min(source.length, list.length - from);
    packInto(list, from, length, source, 0);
    window.map(0, length);
    unpackInto(answer, from, length, target, 0);
  }
}

/** Reduces lists to lists of one through a window. A longer list is joined from its parts. */
export function reduceLists(window: Window, { combine }: Cut, input: Lists): Lists {
  const { source } = window;
  const answers: Lists = new Map();
  const lists = input.values() as Iterator<number[], never>;
  for (const key of input.keys()) {
    const list = lists.next().value;
    const first = Math.min(source.length, list.length);
    packInto(list, 0, first, source, 0);
    let answer = window.reduce(first);
    // Where lists may not be cut, the window holds the longest.
    for (let from = first; combine && from < list.length; from += source.length) {
      const length = Math.min(source.length, list.length - from);
      packInto(list, from, length, source, 0);
      answer = combine(answer, window.reduce(length));
    }
    answers.set(key, [answer]);
  }
  return answers;
}
