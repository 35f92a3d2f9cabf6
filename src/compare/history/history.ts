import { grouped } from '../../analysis/grouped.js';
import type { Estimate } from '../../analysis/types.js';
import { differenceOf, ratioEstimate } from '../difference.js';
import type { Compared, Comparison } from '../types.js';
import { findChangePoints } from './change-points.js';
import type { History } from './file.js';
import type { HistoryLine } from './line.js';
import {
  cellKey,
  computeSpread,
  computeSpreadOverPoints,
  makeSeries,
  type Series,
  type Spread,
} from './series.js';

/** What a history file says of one machine. */
export interface HistoryReport {
  /** As it was named. */
  readonly file: string;
  /** Absent where the file holds nothing of it. */
  readonly machine?: HistoryLine['machine'];
  readonly commits: number;
  /** A series is one cell in one situation. */
  readonly series: number;
  /** Series that are long enough for a change to be seen in them. */
  readonly longEnough: number;
  /** Lines of other machines: kept in the file, and left out here. */
  readonly othersLines: number;
  /** The newest first. */
  readonly changes: readonly CommitChange[];
  /** The series with the largest changes of late, to be drawn. */
  readonly drawn: readonly DrawnSeries[];
}

/** One cell in one situation, commit by commit. */
export interface DrawnSeries {
  readonly scenario: string;
  readonly strategy: string;
  readonly point: HistoryLine['point'];
  readonly account: HistoryLine['situation'];
  readonly points: readonly { readonly commit: string; readonly committedAt: string; readonly ns: number }[];
  /** Indexes of the first point after each change, with its size as a ratio. */
  readonly changes: readonly { readonly at: number; readonly ratio: number }[];
}

/** What changed between two neighbouring commits of the history. */
export interface CommitChange {
  /** The last one before the change. */
  readonly from: { readonly commit: string; readonly committedAt: string };
  /** The first one after it. */
  readonly to: { readonly commit: string; readonly committedAt: string };
  /** Present where Node changed there, too. */
  readonly node?: { readonly before: string; readonly after: string };
  /** Series that have both commits. */
  readonly measured: number;
  /** Those that changed, the largest change first. */
  readonly series: readonly SeriesChange[];
}

export interface SeriesChange {
  readonly scenario: string;
  readonly strategy: string;
  readonly point: HistoryLine['point'];
  readonly account: HistoryLine['situation'];
  /** ns: geometric means over the commits between the changes before and behind. */
  readonly before: Estimate;
  readonly after: Estimate;
  /** After over before: above 1 is slower. */
  readonly ratio: Estimate;
}

/** What a row's own past says of its noise. */
export interface Past extends Spread {
  /** Two measurements of the same code lie further apart than the row may be slower: its red is to be doubted. */
  readonly isNoisy: boolean;
}

/** Below this nothing can be found. */
const leastPoints = 14;
/** More pictures than these nobody looks at. */
const mostDrawn = 6;

/** The history of a machine; without one, of the machine that the newest line is of. */
export function reportHistory({ file, lines }: History, fingerprint?: string): HistoryReport {
  const machine = findMachine(lines, fingerprint);
  const own = lines.filter((line) => line.machine.fingerprint === machine?.fingerprint);
  const series = makeSeries(own);
  return {
    file,
    ...(machine === undefined ? {} : { machine }),
    commits: new Set(own.map(({ commit }) => commit)).size,
    series: series.length,
    longEnough: series.filter(({ points }) => points.length >= leastPoints).length,
    othersLines: lines.length - own.length,
    ...findChanges(series),
  };
}

function findMachine(
  lines: readonly HistoryLine[],
  fingerprint: string | undefined,
): HistoryLine['machine'] | undefined {
  const own = lines.filter(({ machine }) => fingerprint === undefined || machine.fingerprint === fingerprint);
  return own.toSorted((a, b) => Date.parse(a.measuredAt) - Date.parse(b.measuredAt)).at(-1)?.machine;
}

function findChanges(series: readonly Series[]): Pick<HistoryReport, 'changes' | 'drawn'> {
  const found = series.map((one) => ({ series: one, changes: changesOf(one) }));
  const all = found.flatMap(({ changes }) => changes);
  const changes = [...grouped(all, ({ from, to }) => `${from.commit} ${to.commit}`).values()]
    .map((some) => changeBetween(some, series))
    .toSorted((a, b) => Date.parse(b.to.committedAt) - Date.parse(a.to.committedAt));
  const late = [...new Set(changes.flatMap((commit) => commit.series))];
  const drawn = found
    .filter((one) => one.changes.length > 0)
    .toSorted((a, b) => firstPlace(late, a.changes) - firstPlace(late, b.changes))
    .slice(0, mostDrawn);
  return { changes, drawn: drawn.map((one) => draw(one.series, one.changes)) };
}

function firstPlace(late: readonly SeriesChange[], changes: readonly Found[]): number {
  return Math.min(...changes.map(({ change }) => late.indexOf(change)));
}

function draw(
  { scenario, strategy, point, situation, points }: Series,
  changes: readonly Found[],
): DrawnSeries {
  return {
    scenario,
    strategy,
    point,
    account: situation,
    points: points.map(({ commit, committedAt, log }) => ({ commit, committedAt, ns: Math.exp(log) })),
    changes: changes.map(({ to, change }) => ({ at: points.indexOf(to), ratio: change.ratio.value })),
  };
}

interface Found {
  readonly from: Series['points'][number];
  readonly to: Series['points'][number];
  readonly change: SeriesChange;
}

function changesOf({ scenario, strategy, point, situation, points }: Series): Found[] {
  const logs = Float64Array.from(points, ({ log }) => log);
  const changes = findChangePoints([...logs]);
  const borders = [0, ...changes, logs.length];
  return changes.map((at, i) => {
    const [before, after] = [logs.slice(borders[i], at), logs.slice(at, borders[i + 2])];
    const change: SeriesChange = {
      scenario,
      strategy,
      point,
      account: situation,
      before: meanTime(before),
      after: meanTime(after),
      ratio: ratioEstimate(differenceOf(before, after, 'separate')),
    };
    return { from: points[at - 1], to: points[at], change };
  });
}

function changeBetween(changes: readonly Found[], series: readonly Series[]): CommitChange {
  const [{ from, to }] = changes;
  const measured = series.filter(({ points }) =>
    [from, to].every(({ commit }) => points.some((point) => point.commit === commit)),
  );
  const sizeOf = ({ ratio }: SeriesChange) => Math.abs(Math.log(ratio.value));
  return {
    from: { commit: from.commit, committedAt: from.committedAt },
    to: { commit: to.commit, committedAt: to.committedAt },
    ...(from.node === to.node ? {} : { node: { before: from.node, after: to.node } }),
    measured: measured.length,
    series: changes.map(({ change }) => change).toSorted((a, b) => sizeOf(b) - sizeOf(a)),
  };
}

function meanTime(logs: Float64Array): Estimate {
  return { value: Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length), rounds: logs.length };
}

/** The comparison with what history knows of its rows, and of its machine. */
export function withHistory(comparison: Comparison, history: History, fingerprint: string): Comparison {
  const own = makeSeries(history.lines.filter(({ machine }) => machine.fingerprint === fingerprint));
  const cells = new Map(own.map((series) => [cellKey(series), series]));
  const strategies = grouped(own, strategyKey);
  const spreadOf = (row: Compared): Spread | undefined => {
    const { quantity, account, point } = row;
    if (quantity !== 'time' || account === undefined) return undefined;
    if (point === undefined) {
      const all = strategies.get(strategyKey({ ...row, situation: account })) ?? [];
      return all.length === row.points ? computeSpreadOverPoints(all) : undefined;
    }
    const series = cells.get(cellKey({ ...row, point, situation: account }));
    return series && computeSpread(series);
  };
  return {
    ...comparison,
    rows: comparison.rows.map((row) => {
      const spread = spreadOf(row);
      return spread === undefined ? row : { ...row, past: { ...spread, isNoisy: spread.spread > row.limit } };
    }),
    history: reportHistory(history, fingerprint),
  };
}

function strategyKey({ scenario, strategy, situation }: Pick<Series, 'scenario' | 'strategy' | 'situation'>) {
  return JSON.stringify([scenario, strategy, situation]);
}
