import { expect, it } from 'vitest';
import type { OwnCells } from './own-cells.js';
import { checkWithin } from './own-profile.js';

const cell = (keys: number, length: number) => ({ strategy: 'for-loop', keys, length });
const own = (...cells: readonly [number, number][]): OwnCells => ({
  first: cells.map(([keys, length]) => cell(keys, length)),
  further: [],
  extrapolates: true,
  least: cells.length,
  estimatedMs: 10,
  verify: true,
  left: [],
});
const tried = { options: {}, listMs: 1, inProportion: true } as Parameters<typeof checkWithin>[2];

/** What is said where so many keys of this length are asked for. */
function refusal(cells: OwnCells, keys: number, length: number): string {
  const request = { keys, length } as Parameters<typeof checkWithin>[1];
  try {
    checkWithin('mine.mjs', request, tried, cells, 2);
  } catch (cause) {
    return (cause as Error).message;
  }
  return '';
}

it.each<[string, OwnCells, number]>([
  ['lies too far outside', own([4, 100], [16, 100]), 1e6],
  ['goes along an axis of which one value was measured', own([4, 100], [4, 10_000]), 64],
])('a size that %s is refused with one advice: to measure for longer', (_, cells, keys) => {
  const said = refusal(cells, keys, 100);
  expect(said).toContain('a few seconds are enough for');
  expect(said.match(/Measure/g)).toHaveLength(1);
  expect(said).toContain('Measure it for longer');
  // The advice for whoever has a profile is another one.
  expect(said).not.toMatch(/promised|calibrate from that run|several/);
});
