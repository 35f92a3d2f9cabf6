import { describe, expect, test } from 'vitest';
import type { Kernel } from '../../contract/kernel.js';
import { wholeLists, wordsPerUnit } from './area.js';
import { cutIntoUnits, slotSize, type Units } from './units.js';

const work = () => ({ flops: 0, bytes: 0 });
const map: Kernel = { kind: 'map', list: () => {}, work };
const sum: Kernel = { kind: 'reduce', list: () => 0, combine: (a, b) => a + b, work };
const longest: Kernel = { kind: 'reduce', list: () => 0, work };

/** A giant among short lists, and empty ones. */
const lengths = [3, 0, 100_000, 5, 50_000, 0, 7];

describe('the units of a dictionary', () => {
  test('are equal stretches of all numbers where lists may be cut', () => {
    const units = cut(lengths, { kernel: map, split: 'elements' });
    const all = unitsOf(units);
    expect(all[0].from).toBe(0);
    expect(all.at(-1)?.to).toBe(150_015);
    for (let i = 1; i < all.length; i++) expect(all[i].from).toBe(all[i - 1].to);
    const offsets = offsetsOf(lengths);
    for (const { from, key } of all) {
      expect(offsets[key]).toBeLessThanOrEqual(from);
      expect(offsets[key + 1]).toBeGreaterThan(from);
    }
    expect(units.longest).toBeLessThanOrEqual(slotSize);
    const ring = cut(new Array(4).fill(2_000_000), { kernel: map, split: 'elements', forRing: true });
    expect(ring.longest).toBe(slotSize);
  });

  test('are whole lists where they may not be cut, long ones first, longest first', () => {
    const units = cut(lengths, { kernel: map, split: 'never' });
    const all = unitsOf(units);
    expect(all.slice(0, 2)).toMatchObject([
      { from: 2, to: 3, key: wholeLists },
      { from: 4, to: 5, key: wholeLists },
    ]);
    expect(keysIn(units)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(units.longest).toBe(100_000);
  });

  test('are parts of long lists where a reduce joins them, each with a slot of its own', () => {
    const units = cut(lengths, { kernel: sum, split: 'associative' });
    expect(units.parts.map(({ key }) => key)).toEqual([2, 4]);
    const slots = units.parts.flatMap(({ slots }) => slots);
    expect(new Set(slots).size).toBe(slots.length);
    expect(Math.min(...slots)).toBe(7);
    expect(Math.max(...slots)).toBe(units.slots - 1);
    const giant = unitsOf(units).filter(({ key }) => key === 2);
    expect(giant.reduce((total, { from, to }) => total + to - from, 0)).toBe(100_000);
    expect(keysIn(units)).toEqual([0, 1, 3, 5, 6]);
  });

  test('are whole lists where a reduce cannot join parts', () => {
    const units = cut(lengths, { kernel: longest, split: 'associative' });
    expect(units.parts).toEqual([]);
    expect(keysIn(units)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test.each([
    ['key', 1],
    [3, 3],
  ] as const)('have no more lists than chunk %s says', (chunk, most) => {
    const units = cut(new Array(10).fill(2), { kernel: map, split: 'never', chunk });
    expect(units.mostLists).toBeLessThanOrEqual(most);
    expect(keysIn(units)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('of 64 lists that take long are enough for every worker', () => {
    expect(cut(new Array(64).fill(10), { kernel: map, split: 'never' }).count).toBe(64);
  });

  test('of nothing are none; of empty lists alone they hold every key of a reduce', () => {
    expect(cut([], { kernel: map, split: 'elements' }).count).toBe(0);
    expect(cut([0, 0], { kernel: map, split: 'elements' }).count).toBe(0);
    expect(keysIn(cut([0, 0], { kernel: sum, split: 'associative' }))).toEqual([0, 1]);
  });
});

function cut(
  given: readonly number[],
  request: {
    kernel: Kernel;
    split: 'elements' | 'associative' | 'never';
    chunk?: 'key' | number;
    forRing?: boolean;
  },
): Units {
  return cutIntoUnits(offsetsOf(given), { chunk: 'balanced', workers: 2, ...request });
}

function offsetsOf(given: readonly number[]): Uint32Array {
  const offsets = new Uint32Array(given.length + 1);
  given.forEach((length, k) => {
    offsets[k + 1] = offsets[k] + length;
  });
  return offsets;
}

function unitsOf({ words, count }: Units) {
  return Array.from({ length: count }, (_, i) => {
    const [from, to, key, slot] = words.subarray(i * wordsPerUnit, (i + 1) * wordsPerUnit);
    return { from, to, key, slot };
  });
}

/** Keys of the units that are whole lists, sorted: each once. */
function keysIn(units: Units): number[] {
  return unitsOf(units)
    .filter(({ key }) => key === wholeLists)
    .flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i))
    .sort((a, b) => a - b);
}
