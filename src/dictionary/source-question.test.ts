import { expect, test } from 'vitest';
import { checkColumns, toColumns, toLists } from './columns.js';
import { difference } from './compare.js';
import { sourceExample } from './source-example.js';

const { input, answer } = sourceExample;

test('the source question prints x² − 13 of every number', () => {
  const computed = new Map([...input].map(([key, list]) => [key, list.map((x) => x ** 2 - 13)]));
  expect(difference(answer, computed, 'exact')).toBeUndefined();
});

test('the empty lists of the code that lost a line are not its answer', () => {
  const lost = new Map([...input.keys()].map((key) => [key, []]));
  expect(difference(answer, lost, 'exact')).toBe("key 'key1': expected a list of 10, got one of 0");
});

test('its numbers come through columns unchanged', () => {
  const columns = toColumns(answer);
  checkColumns(columns);
  expect(columns.keys).toEqual(['key1', 'key2', 'key3']);
  expect([...columns.offsets]).toEqual([0, 10, 20, 30]);
  expect(toLists(columns)).toEqual(answer);
});
