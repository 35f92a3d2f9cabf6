import { pointKey } from '../../analysis/point-key.js';
import type { Planner } from '../../measure/measure.js';
import { oneByOne } from '../../planner/rounds.js';

/** Kernels and memory take a quarter of a minute after it, also on a slow machine, and the whole is to take less than one. */
const mostMs = 35_000;
/** Points of the scenario without which a price would be missing: as many as stand before the comment in it. */
const leastPoints = 7;

/** The points of a scenario in its order, each with all strategies before the next, as far as the time goes. */
export function inTime(): Planner {
  return {
    next: (state) => planner(state.header).next(state),
    left: (state) => planner(state.header).left(state),
  };
}

function planner({ cells, strategies }: Parameters<Planner['next']>[0]['header']): Planner {
  const points = [...new Set(cells.map(({ point }) => pointKey(point)))];
  const labels = strategies.map(({ label }) => label);
  return oneByOne({
    rank: ({ point, strategy }) => points.indexOf(pointKey(point)) * labels.length + labels.indexOf(strategy),
    mostMs,
    least: leastPoints * labels.length,
    spare: leastPoints * labels.length,
    stopsAt: () => false,
  });
}
