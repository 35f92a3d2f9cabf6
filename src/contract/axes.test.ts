import { expect, test } from 'vitest';
import { isPerCore, workersOn } from './axes.js';

test('workers per core become numbers on the machine at hand, each once, in order', () => {
  const values = ['2xcores', 1, '0.5xcores', '1xcores', '1.5xcores'];
  expect(workersOn(2, values)).toEqual([1, 2, 3, 4]);
  expect(workersOn(16, values)).toEqual([1, 8, 16, 24, 32]);
  expect(workersOn(0.4, values)).toEqual([1]);
});

test.each([
  ['2xcores', true],
  ['0.5xcores', true],
  ['0xcores', false],
  ['xcores', false],
  ['2 x cores', false],
  [2, false],
] as const)('%j is a number of workers per core: %s', (value, is) => {
  expect(isPerCore(value)).toBe(is);
});
