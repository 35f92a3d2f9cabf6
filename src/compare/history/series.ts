import { grouped } from '../../analysis/grouped.js';
import { pointKey } from '../../contract/axes.js';
import type { HistoryLine } from './line.js';

/** What was measured of one cell in one situation on one machine, commit by commit. */
export interface Series {
  readonly scenario: string;
  readonly strategy: string;
  readonly point: HistoryLine['point'];
  readonly situation: HistoryLine['situation'];
  /** In the order of the commits. */
  readonly points: readonly SeriesPoint[];
  /** Each by itself, in the order of measuring. */
  readonly measurements: readonly HistoryLine[];
}

/** All that was measured of one commit, combined. */
export interface SeriesPoint {
  readonly commit: string;
  readonly committedAt: string;
  /** log(ns): mean of its measurements, weighted by their rounds. */
  readonly log: number;
  /** Of the last measurement. */
  readonly node: string;
}

/** Of one machine; of each cell and situation, those that were measured under the same conditions as last. */
export function makeSeries(lines: readonly HistoryLine[]): Series[] {
  return [...grouped(lines, cellKey).values()].map((all) => {
    const sorted = all.toSorted(byMeasuring);
    const { conditions } = sorted[sorted.length - 1];
    const measurements = sorted.filter((line) => line.conditions === conditions);
    const { scenario, strategy, point, situation } = measurements[0];
    const commits = [...grouped(measurements, ({ commit }) => commit).values()].map(combine);
    return { scenario, strategy, point, situation, points: commits.toSorted(byCommit), measurements };
  });
}

/** The same text for the same cell and situation of a scenario. */
export function cellKey(cell: Pick<HistoryLine, 'scenario' | 'strategy' | 'point' | 'situation'>): string {
  return JSON.stringify([cell.scenario, cell.strategy, cell.situation, pointKey(cell.point)]);
}

function combine(measurements: readonly HistoryLine[]): SeriesPoint {
  const { commit, committedAt, machine } = measurements[measurements.length - 1];
  const rounds = measurements.reduce((sum, line) => sum + line.rounds, 0);
  const log = measurements.reduce((sum, line) => sum + line.rounds * Math.log(line.ns.value), 0) / rounds;
  return { commit, committedAt, log, node: machine.node };
}

/** How far two measurements of the same code lie apart. */
export interface Spread {
  /** Standard deviation of the difference of two that follow each other, as a share: 0.2 is 20 %. */
  readonly spread: number;
  /** Pairs of neighbours that it is known from. */
  readonly pairs: number;
}

/** Below this nobody can tell noise from luck. */
const leastPairs = 4;

/**
 * From measurements that follow each other, on the same code and the same Node: what differs between those two is noise.
 * Squares, not medians: a slow mode once in ten runs is what makes a gate cry wolf. Undefined with too few pairs.
 */
export function computeSpread({ measurements }: Pick<Series, 'measurements'>): Spread | undefined {
  return spreadOf(measurements.map((line) => [line, Math.log(line.ns.value)]));
}

/** Of a strategy over all its points: of the mean over the points, where one measurement has all of them. */
export function computeSpreadOverPoints(all: readonly Series[]): Spread | undefined {
  const lines = all.flatMap(({ measurements }) => measurements).toSorted(byMeasuring);
  const whole = [...grouped(lines, ({ run, side, commit }) => JSON.stringify([run, side, commit])).values()];
  return spreadOf(
    whole
      .filter((one) => one.length === all.length)
      .map((one) => [one[0], one.reduce((sum, { ns }) => sum + Math.log(ns.value), 0) / one.length]),
  );
}

function spreadOf(measurements: readonly (readonly [HistoryLine, log: number])[]): Spread | undefined {
  const squares = measurements.slice(1).flatMap(([line, log], i) => {
    const [before, logBefore] = measurements[i];
    const isSame =
      line.code !== undefined && line.code === before.code && line.machine.node === before.machine.node;
    return isSame ? [(log - logBefore) ** 2] : [];
  });
  if (squares.length < leastPairs) return undefined;
  const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
  return { spread: Math.expm1(Math.sqrt(mean)), pairs: squares.length };
}

function byMeasuring(a: HistoryLine, b: HistoryLine): number {
  return (
    Date.parse(a.measuredAt) - Date.parse(b.measuredAt) ||
    compareText(a.run, b.run) ||
    compareText(a.side, b.side)
  );
}

/** Commits of one second are told apart by their hash: in the same order on every machine. */
function byCommit(a: SeriesPoint, b: SeriesPoint): number {
  return Date.parse(a.committedAt) - Date.parse(b.committedAt) || compareText(a.commit, b.commit);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
