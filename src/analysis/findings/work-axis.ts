import { median } from '../round-logs.js';
import type { Entry } from '../table.js';
import { concerningEntries } from './completeness.js';
import type { Doubt } from './finding.js';

/** Calibration and run agree to this share on a machine that is as it was. */
const within = 0.05;

/** Below this much work per list, what is around it counts. */
const leastNsPerList = 20_000;

/**
 * The axis "µs of work per list" is as true as the calibration: it is held against what the reference, which does
 * nothing else with data in place, took for the very same lists.
 */
export const workOffAxis: Doubt = ({ table }) => {
  const axis = table.header.calibration?.axis;
  if (axis === undefined) return [];
  const found = table.all('resident').flatMap((entry) => {
    const value = entry.cell.point[axis.option] ?? table.header.scenario.kernel.options[axis.option];
    const factor = entry.strategy.family === 'serial' ? factorOf(entry, Number(value) * axis.ns) : undefined;
    return factor === undefined ? [] : [{ entry, factor }];
  });
  if (found.length === 0) return [];
  const factor = median(found.map((each) => each.factor));
  if (factor <= 1 + within && factor >= 1 / (1 + within)) return [];
  return [
    {
      id: 'work-off-axis',
      severity: 'warning',
      ...concerningEntries(found.map(({ entry }) => entry)),
      facts: { option: axis.option, factor },
    },
  ];
};

/** The fastest round: whatever else ran can make it slower only. Undefined where there is too little work to tell. */
function factorOf({ cell, state, logs }: Entry, work: number): number | undefined {
  const lists = Number(cell.point.keys);
  if (state.kind !== 'measured' || !(work >= leastNsPerList) || !(lists >= 1)) return undefined;
  const fastest = Math.exp(Math.min(...[...logs].filter((log) => !Number.isNaN(log))));
  return fastest / (work * lists);
}
