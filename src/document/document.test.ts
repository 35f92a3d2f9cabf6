import { describe, expect, it } from 'vitest';
import { code, type Document, list, paragraph, quote, sentences, strong, table, text } from './document.js';
import {
  computeDerived,
  coordinate,
  count,
  derivedOf,
  figure,
  figureIf,
  middle,
  quotient,
} from './figure.js';
import { referencesIn, resolvePointers } from './pointers.js';
import { printFigure } from './units.js';
import { amountText, capital, counted, listed, plainText, pointText } from './words.js';

const cost = { movingNs: 10.46, computingNs: 2, openMs: 34.5, idle: undefined as number | undefined };
const time = { value: 1_234_567, interval: { low: 1_200_000, high: 1_310_000 } };
const point = { keys: 8, length: 1_000_000, kind: 'doubles' };
const cell = { time, point, strategy: 'for|loop' };

describe('a text', () => {
  it('takes words, figures and quotes, and leaves out what is undefined', () => {
    const said = text`moving costs ${figure(cost, 'movingNs', 'ns', { digits: 2 })}${undefined}, ${quote(cell, 'strategy')} ${code('--x')}`;
    expect(plainText(said)).toBe('moving costs 10 ns, for|loop --x');
  });

  it('takes no number that is not from anywhere: this file would not compile', () => {
    const loose = 10.46;
    // @ts-expect-error a bare number is no hole of a text
    text`moving costs ${loose}`;
    // @ts-expect-error nor one that was put among the items of a list
    list([loose]);
    // @ts-expect-error what a figure is read from must be a number, or one with a range
    figure(cell, 'strategy', 'ns');
    // @ts-expect-error and a quote must be a text
    quote(cost, 'movingNs');
    expect(() => figure(cost, 'idle', 'ns')).toThrow('a figure without a number: idle');
    expect(figureIf(cost, 'idle', 'ns')).toBeUndefined();
  });

  it('joins sentences with a blank, and leaves out those that say nothing', () => {
    expect(plainText(sentences('One.', undefined, text``, text`Two.`))).toBe('One. Two.');
  });

  it('has words for lists of names, counts, points and amounts', () => {
    expect(plainText(listed(['a', code('b'), 'c'], 'or'))).toBe('a, b or c');
    expect(plainText(listed(['a']))).toBe('a');
    expect(plainText(counted(count([cell]), 'cell'))).toBe('1 cell');
    expect(plainText(counted(count([cell, cost]), 'cell'))).toBe('2 cells');
    expect(plainText(pointText(point))).toBe('8 keys, lists of 1M, kind doubles');
    expect(plainText(pointText({}))).toBe('the only point');
    expect(plainText(amountText('length', coordinate(point, 'length')))).toBe('1M numbers per list');
    expect(plainText(capital(text`one ${strong('two')}`))).toBe('One two');
  });
});

describe('a figure is printed by its unit', () => {
  it.each([
    ['a time with its interval', figure(cell, 'time', 'ns'), '1.23 ms [1.2, 1.31]'],
    ['a time that is stored in ms', figure(cost, 'openMs', 'ms'), '34.5 ms'],
    ['a place on an axis of time', coordinate({ cost: 1000 }, 'cost'), '1 ms'],
    ['a word on an axis', coordinate(point, 'kind'), 'doubles'],
    ['a loss, where the sentence says so', figure({ a: -3 }, 'a', 'ns', { unsigned: true }), '3 ns'],
    [
      'whole uses',
      figure({ a: { value: 2.2, interval: { low: 1.1, high: Infinity } } }, 'a', 'passes'),
      '3 passes [2, never]',
    ],
    ['a share of a whole', figure({ a: 0.0049 }, 'a', 'part'), '0.5 %'],
    [
      'a share with its interval',
      figure({ a: { value: 0.5, interval: { low: 0.25, high: 1 } } }, 'a', 'share'),
      '50 % [25 %, 100 %]',
    ],
  ])('%s', (_, one, printed) => {
    expect(printFigure(one)).toBe(printed);
  });
});

describe('a figure that is made of others', () => {
  const times = quotient([figure(cost, 'movingNs', 'ns'), figure(cost, 'computingNs', 'ns')], 'ratio');
  const border = middle([coordinate({ length: 1000 }, 'length')], [coordinate({ length: 4000 }, 'length')], {
    axis: 'length',
  });

  it('has the value that its rule makes of them', () => {
    expect(printFigure(times)).toBe('5.2×');
    expect(printFigure(border)).toBe('2k');
    const derived = derivedOf(times);
    expect(derived?.rule === 'quotient' && computeDerived(derived.rule, derived.of)).toBe(derived?.value);
  });
});

describe('where figures come from', () => {
  const data = { 'a/b': [cost], cells: [cell] };
  const document: Document = {
    title: ['x'],
    data,
    sections: [
      {
        id: 'one',
        title: ['One'],
        blocks: [
          paragraph(text`${figure(cost, 'movingNs', 'ns')} of ${quote(cell, 'strategy')}`),
          table(
            [{ head: 'time', of: (one: typeof cell) => strong(text`${figure(one, 'time', 'ns')}`) }],
            [cell],
          ),
          paragraph(text`${count([cell])} ${figure({ a: 1 }, 'a', 'ns')}`),
        ],
      },
    ],
  };

  it('is a pointer into the data, by identity; nowhere where the data does not hold it', () => {
    const sourceOf = resolvePointers(document);
    expect(referencesIn(document.sections[0].blocks).map(sourceOf)).toEqual([
      '/a~1b/0/movingNs',
      '/cells/0/strategy',
      '/cells/0/time',
      { rule: 'count', of: ['/cells/0'] },
      undefined,
    ]);
  });
});
