import { expect, it } from 'vitest';
import { exampleStrategies, syntheticResults } from '../../../test/support/synthetic.js';
import type { Planner, RunState } from '../../measure/measure.js';
import { allPoints } from '../../measure/plan.js';
import { findScenario } from '../../plugins/scenario.js';
import { inTime } from './calibrate.js';

const { header, records } = syntheticResults({
  strategies: exampleStrategies.slice(0, 2),
  sweeps: [{ keys: [64, 4, 32, 16, 8, 128, 256, 512, 2], length: [10] }],
});
const pointOf = new Map(header.cells.map(({ id, point }) => [id, point.keys]));

/** Keys of the points in the order in which they are measured, a cell each second. */
function measured(planner: Planner, secondsPerCell: number): unknown[] {
  const done: RunState['records'][number][] = [];
  for (;;) {
    const elapsedMs = 1_000 * secondsPerCell * done.length;
    const step = planner.next({ header, records: done, elapsedMs });
    if (step.kind !== 'measure') return done.map(({ cell }) => pointOf.get(cell));
    for (const { cell } of step.turns) done.push({ ...records[0], cell, round: 0 });
  }
}

it('measures the points in the order of the scenario, each with all strategies', () => {
  const order = [64, 4, 32, 16, 8, 128, 256, 512, 2];
  expect(measured(inTime(), 0)).toEqual(order.flatMap((keys) => [keys, keys]));
});

it('stops in time, but never before each price has a point', () => {
  expect(measured(inTime(), 2.2)).toHaveLength(16);
  expect(measured(inTime(), 60)).toHaveLength(14);
});

it('tells to wait for what is measured in any case', () => {
  expect(inTime().left({ header, records: [], elapsedMs: 0 })).toHaveLength(14);
});

it('the points that are always measured hold both ends of each axis of the shipped scenario', async () => {
  const { scenario } = await findScenario('calibration');
  const points = allPoints({ scenario: { sweeps: scenario.quick }, workers: 2 });
  for (const axis of ['keys', 'length', 'cost']) {
    const ends = (some: typeof points) => {
      const values = some.map((point) => Number(point[axis]));
      return [Math.min(...values), Math.max(...values)];
    };
    expect(ends(points.slice(0, 7))).toEqual(ends(points));
  }
});
