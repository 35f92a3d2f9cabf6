import { matches } from '../../contract/axes.js';
import { parallel } from '../group.js';
import type { AccountAnalysis, CrossoverAnalysis } from '../types.js';
import { workersAt } from '../workers.js';
import { type Concerned, concerning, type Doubt } from './finding.js';

/** From here on an interval is wide: its high end is so many times its low end. */
const wideRatio = 1.25;

export const wideIntervals: Doubt = ({ accounts }) => {
  const timed = accounts.flatMap(({ points }) =>
    points.flatMap(({ cells }) =>
      cells.flatMap(({ cell, strategy, state }) =>
        state.kind === 'measured' && state.time.interval !== undefined
          ? [{ cell, strategy, ratio: state.time.interval.high / state.time.interval.low }]
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
      ...concerning(wide),
      facts: { wide: wide.length, times: timed.length, above: wideRatio - 1 },
    },
  ];
};

export const speedUpAboveWorkers: Doubt = ({ table, accounts }) => {
  // Waiting needs no core: a single thread may wait for a thousand items at once.
  if (table.header.scenario.kernel.kind === 'wait') return [];
  const above = accounts.flatMap(({ account, points }) =>
    points.flatMap(({ point, cells }) =>
      cells.flatMap(({ cell, strategy, speedUp }) => {
        const entry = table.entry(account, strategy, point);
        if (entry === undefined || !parallel(entry.strategy) || speedUp?.interval === undefined) return [];
        const workers = workersAt(table, entry);
        return speedUp.interval.low > workers ? [{ cell, strategy, account, point, speedUp, workers }] : [];
      }),
    ),
  );
  if (above.length === 0) return [];
  const places = above.map(({ cell: _, ...place }) => place);
  return [{ id: 'speed-up-above-workers', severity: 'warning', ...concerning(above), facts: { places } }];
};

export const bracketTooWide: Doubt = ({ accounts }) => {
  const open = accounts.flatMap((account) =>
    account.crossovers.flatMap((line) =>
      line.crossovers
        .filter(({ bracketOnly }) => bracketOnly)
        .map(({ interval }) => ({ account, line, interval })),
    ),
  );
  if (open.length === 0) return [];
  return [
    {
      id: 'bracket-too-wide',
      severity: 'note',
      ...concerning(open.flatMap(({ account, line, interval }) => cellsAround(account, line, interval))),
      facts: {
        crossovers: open.map(({ line: { axis, question, account }, interval }) => ({
          axis,
          question,
          account,
          interval,
        })),
      },
    },
  ];
};

/** Cells of those who win on either side, at the two points that a border lies between. */
function cellsAround(
  { points }: AccountAnalysis,
  { axis, fixed, regions }: CrossoverAnalysis,
  { low, high }: { readonly low: number; readonly high: number },
): Concerned[] {
  const sides = new Set(regions.flatMap(({ challengers, incumbents }) => [...challengers, ...incumbents]));
  const where = Object.fromEntries(Object.entries(fixed).map(([name, value]) => [name, [value]]));
  return points
    .filter(({ point }) => matches(point, { ...where, [axis]: [low, high] }))
    .flatMap(({ cells }) => cells.filter(({ strategy }) => sides.has(strategy)));
}
