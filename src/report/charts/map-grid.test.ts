import { expect, it } from 'vitest';
import { analysed } from '../../../test/support/report-runs.js';
import { mapGrid, placeOn } from './map-grid.js';

it('places a value between the middles of two fields by its logarithm, since equal widths stand for factors', () => {
  expect(placeOn([10, 1_000, 4_000], 10)).toBe(0);
  expect(placeOn([10, 1_000, 4_000], 100)).toBeCloseTo(0.5);
  expect(placeOn([10, 1_000, 4_000], 2_000)).toBeCloseTo(1.5);
  expect(placeOn([0, 10], 4)).toBeCloseTo(0.4);
});

it('puts what lies outside at the edge of the map', () => {
  expect([placeOn([10, 100], 1), placeOn([10, 100], 1_000)]).toEqual([-0.5, 1.5]);
});

const gridOf = (run: Parameters<typeof analysed>[0], fixed = {}) => {
  const analysis = analysed(run);
  return mapGrid(analysis, analysis.accounts[1], { x: 'keys', y: 'length', fixed });
};

it('has a field for each pair of planned values; a point that was added to one row lies between two of them', () => {
  const { xs, ys, planned, added, empty } = gridOf({
    sweeps: [{ keys: [4, 64], length: [10, 1_000] }],
    added: [{ keys: 64, length: 100 }],
  });
  expect([xs, ys, planned.length, empty]).toEqual([[4, 64], [10, 1_000], 4, []]);
  expect(added.map(({ x, y, point }) => [x, y, point.point])).toEqual([
    [1, expect.closeTo(0.5), { keys: 64, length: 100 }],
  ]);
});

it('knows the fields that nothing was measured in', () => {
  const { empty } = gridOf({
    sweeps: [
      { keys: [4, 64], length: [10] },
      { keys: [4], length: [10, 1_000] },
    ],
  });
  expect(empty).toEqual([{ x: 1, y: 1 }]);
});
