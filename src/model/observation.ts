import { detailsOf } from '../analysis/cell-details.js';
import { levelOf } from '../analysis/level.js';
import type { Table } from '../analysis/table.js';
import type { Shape } from '../choose/choose.js';
import type { Account, Point } from '../contract/scenario.js';
import type { RunHeader } from '../results/format.js';

/** One measured cell in one account, as the model sees it. */
export interface Observation {
  readonly shape: Shape;
  /** The axes' values: rows and columns are left out by them. */
  readonly point: Point;
  /** Geometric mean over rounds. */
  readonly ns: number;
  /** Standard error of its logarithm; NaN for a single round. */
  readonly error: number;
  /** Processor time of all processes over `ns`; absent where it is not known. */
  readonly cpuRatio?: number;
}

/** What became of a strategy in an account: its observations, and the points at which it failed or hit a limit. */
export interface Observed {
  readonly strategy: string;
  readonly parallel: boolean;
  readonly observations: readonly Observation[];
  /** A sentence where it cannot be trusted anywhere: it crashed or answered wrongly. */
  readonly failed?: string;
}

/** All strategies of one account that were measured somewhere. */
export function observe(table: Table, account: Account): Observed[] {
  const option = workOption(table.header);
  return table.header.strategies.flatMap(({ label, parallel }) => {
    const entries = table.all(account).filter(({ strategy }) => strategy.label === label);
    const observations = entries.flatMap((entry): Observation[] => {
      const { cell, state } = entry;
      if (state.kind !== 'measured') return [];
      const { mean, error } = levelOf(entry);
      const ns = Math.exp(mean);
      const { cpuNs } = detailsOf(entry);
      return [
        {
          shape: shapeAt(table.header, cell, option),
          point: cell.point,
          ns,
          error,
          ...(cpuNs === undefined || cpuNs === 0 ? {} : { cpuRatio: cpuNs / ns }),
        },
      ];
    });
    if (observations.length === 0) return [];
    const broken = entries.find(({ state }) => state.kind === 'failed')?.state;
    const failed = broken?.kind === 'failed' ? { failed: broken.reason } : {};
    return [{ strategy: label, parallel, observations, ...failed }];
  });
}

/**
 * The kernel's option that says how much work it does: the one number that was swept besides the data. Undefined where
 * there is none, or more than one: then no formula can tell them apart.
 */
export function workOption({ scenario, cells }: Pick<RunHeader, 'scenario' | 'cells'>): string | undefined {
  const swept = Object.keys(scenario.kernel.options).filter(
    (name) =>
      new Set(cells.map(({ point }) => point[name])).size > 1 &&
      cells.every(({ point }) => typeof point[name] === 'number'),
  );
  return swept.length === 1 ? swept[0] : undefined;
}

/** Axes that were swept and that no formula knows (skew, values, chunk, a second option): their effect would pass for noise. */
export function unknownAxes(header: Pick<RunHeader, 'scenario' | 'cells'>): string[] {
  const known = ['keys', 'length', 'workers', workOption(header)];
  const axes = new Set(header.cells.flatMap(({ point }) => Object.keys(point)));
  return [...axes].filter(
    (axis) => !known.includes(axis) && new Set(header.cells.map(({ point }) => point[axis])).size > 1,
  );
}

function shapeAt(
  { defaults }: RunHeader,
  { point, keys, elements }: RunHeader['cells'][number],
  option: string | undefined,
): Shape {
  const work = option === undefined ? 1 : Number(point[option]);
  return { keys, elements, work, workers: Number(point.workers ?? defaults.workers ?? 1) };
}
