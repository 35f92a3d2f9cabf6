import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toForm } from '../dictionary/columns.js';
import { difference } from '../dictionary/compare.js';
import { AnswerSink, sourceOf } from './exchange.js';
import { mark, unmark } from './messages.js';

const numbers = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, Number.NaN, 1 / 0, -1 / 0));
const lists = fc.array(fc.array(numbers, { maxLength: 12 }), { maxLength: 8 });

test('lists come back from JSON as they were, whatever numbers they hold', () => {
  fc.assert(
    fc.property(lists, (sent) => {
      const received = unmark(JSON.parse(JSON.stringify(mark(sent))));
      expect(difference(asMap(sent), asMap(received), 'exact')).toBeUndefined();
    }),
  );
});

test('marking leaves the lists alone, and marks only what JSON loses', () => {
  const sent = [[1, -0, 0], [], [Number.NaN, 1 / 0, -1 / 0, 1e308, 5e-324]];
  const { lists: same, marks } = mark(sent);
  expect(same).toBe(sent);
  expect(sent[0][1]).toBe(-0);
  const names = marks.map((each) => each.at(-1));
  expect(names).toEqual(['-0', 'NaN', 'Infinity', '-Infinity']);
});

test('a dictionary goes through batches in any order, in both forms, as JSON or not', () => {
  fc.assert(
    fc.property(
      lists,
      fc.constantFrom('lists' as const, 'columns' as const),
      fc.boolean(),
      (given, form, json) => {
        const input = toForm(asMap(given), form);
        const source = sourceOf(input, json);
        const sink = new AnswerSink(input, false);
        const ranges = given.map((_, from) => ({ from, to: from + 1 })).reverse();
        for (const range of ranges) sink.put(range, source.batch(range));
        expect(difference(input, sink.dictionary(), 'exact')).toBeUndefined();
      },
    ),
  );
});

test('a worker that answers too few lists, or none, is named with its keys', () => {
  const sink = new AnswerSink(
    new Map([
      ['a', [1]],
      ['b', [2]],
    ]),
    false,
  );
  expect(() => sink.put({ from: 0, to: 2 }, { form: 'lists', lists: [[1]] })).toThrow(
    'a worker answered 1 lists for 2 keys',
  );
  expect(() => sink.put({ from: 0, to: 2 }, undefined)).toThrow(
    'a worker answered keys 0 to 2 without lists',
  );
});

function asMap(given: readonly number[][]): Map<string, number[]> {
  return new Map(given.map((list, index) => [`key${index}`, list]));
}
