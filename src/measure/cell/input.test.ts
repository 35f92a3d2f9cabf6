import { describe, expect, test } from 'vitest';
import type { Dictionary, Lists } from '../../contract/dictionary.js';
import { checksum } from '../../dictionary/checksum.js';
import { toColumns } from '../../dictionary/columns.js';
import { Freshener, Inputs } from './input.js';

const lists = (): Lists =>
  new Map([
    ['a', [7, 7, 9]],
    ['b', []],
    ['c', [8]],
  ]);

/** Every dictionary that calls get by turns, once. */
function turnsOf(inputs: Inputs): Dictionary[] {
  const seen = new Set<Dictionary>();
  for (let next = inputs.next(); !seen.has(next); next = inputs.next()) seen.add(next);
  return [...seen];
}

describe.each([
  ['lists', lists],
  ['columns', () => toColumns(lists())],
] as const)('inputs as %s', (_, make: () => Dictionary) => {
  test('are copies that take more than the cache together, equal to the bit, each in memory of its own', () => {
    const data = make();
    const inputs = new Inputs(data);
    expect(inputs.spread(undefined, 10_000)).toEqual({ data: 'fresh' });
    const turns = turnsOf(inputs);
    expect(turns.length).toBeGreaterThan(10);
    expect(turns[0]).toBe(data);
    expect(inputs.copiedBytes).toBeGreaterThan(10_000);
    for (const each of turns) expect(checksum(each)).toBe(checksum(data));
    const memory = turns.map((each) => (each instanceof Map ? each.get('a') : each.values.buffer));
    expect(new Set(memory).size).toBe(turns.length);
    expect(inputs.gather()).toBe(true);
    expect(turnsOf(inputs)).toEqual([data]);
  });

  test('are said to be in the cache where there may be no copies, and to be fresh where one is larger than it', () => {
    const inputs = new Inputs(make());
    expect(inputs.spread('asked', 10_000)).toEqual({ data: 'in cache', dataBecause: 'asked' });
    expect(turnsOf(inputs)).toHaveLength(1);
    expect(inputs.spread(undefined, 10)).toEqual({ data: 'fresh' });
    expect(inputs.spread(undefined, 2 ** 24)).toEqual({ data: 'in cache', dataBecause: 'small' });
  });

  test('of which a copy was changed are found', () => {
    const inputs = new Inputs(make());
    inputs.spread(undefined, 10_000);
    const copy = turnsOf(inputs)[3];
    if (copy instanceof Map) copy.get('c')?.fill(1);
    else copy.values[3] = 1;
    expect(inputs.gather()).toBe(false);
  });

  test('are changed for a check to another of the user’s own numbers, and back', () => {
    const data = make();
    const before = checksum(data);
    const freshener = new Freshener(data);
    freshener.set(true);
    expect(freshener.key).toBe('a');
    expect(freshener.first).toBe(9);
    freshener.set(false);
    expect(checksum(data)).toBe(before);
    expect(freshener.overwritten).toBe(false);
  });
});

test('data of equal numbers is never changed: there is no other number of the user’s', () => {
  const freshener = new Freshener(new Map([['a', [5, 5]]]));
  expect(freshener.key).toBeUndefined();
});
