import { workersAt } from '../cost.js';
import { parallel } from '../group.js';
import { pointText } from '../point-key.js';
import { type Doubt, percent, plural, some } from './finding.js';

/** From here on an interval is wide: its high end is so many times its low end. */
const wideRatio = 1.25;

export const wideIntervals: Doubt = ({ accounts }) => {
  const timed = accounts.flatMap(({ points }) =>
    points.flatMap(({ cells }) =>
      cells.flatMap(({ strategy, state }) =>
        state.kind === 'measured' && state.time.interval !== undefined
          ? [{ strategy, ratio: state.time.interval.high / state.time.interval.low }]
          : [],
      ),
    ),
  );
  const wide = timed.filter(({ ratio }) => ratio > wideRatio);
  if (wide.length === 0) return [];
  return [
    {
      id: 'wide-intervals',
      severity: wide.length * 4 > timed.length ? 'warning' : 'note',
      sentence: `${wide.length} of ${plural(timed.length, 'time')} have an interval wider than ${percent(wideRatio - 1)}, among them ${some(wide.map(({ strategy }) => strategy))}.`,
      advice: 'Close other programs, or use more rounds.',
    },
  ];
};

export const speedUpAboveWorkers: Doubt = ({ table, accounts }) => {
  // Waiting needs no core: a single thread may wait for a thousand items at once.
  if (table.header.scenario.kernel.kind === 'wait') return [];
  const above = accounts.flatMap(({ account, points }) =>
    points.flatMap(({ point, cells }) =>
      cells.flatMap(({ strategy, speedUp }) => {
        const entry = table.entry(account, strategy, point);
        if (entry === undefined || !parallel(entry.strategy) || speedUp?.interval === undefined) return [];
        const workers = workersAt(table, entry);
        return speedUp.interval.low > workers
          ? [
              `${strategy} ${speedUp.value.toFixed(2)} with ${plural(workers, 'worker')} (${account}, ${pointText(point)})`,
            ]
          : [];
      }),
    ),
  );
  if (above.length === 0) return [];
  return [
    {
      id: 'speed-up-above-workers',
      severity: 'warning',
      sentence: `Speed-up above the number of workers: ${some(above, 2)}.`,
      advice:
        'More caches can do that. More often the single-thread side is not at its best, or less work was done.',
    },
  ];
};

export const bracketTooWide: Doubt = ({ accounts }) => {
  const open = accounts.flatMap(({ account, crossovers }) =>
    crossovers.flatMap(({ axis, crossovers: found, question }) =>
      found
        .filter(({ bracketOnly }) => bracketOnly)
        .map(
          ({ interval: { low, high } }) =>
            `${axis} ${low.toLocaleString('en-US')} to ${high.toLocaleString('en-US')} (${question}, ${account})`,
        ),
    ),
  );
  if (open.length === 0) return [];
  return [
    {
      id: 'bracket-too-wide',
      severity: 'note',
      sentence: `${plural(open.length, 'crossover')} could only be placed between two points of the sweep: ${some(open, 2)}.`,
      advice: 'Add points in between, in factors of 2 or less.',
    },
  ];
};
