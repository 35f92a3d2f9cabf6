import { pointKey } from '../contract/axes.js';
import type { Account, Point, Price, PricedPhase } from '../contract/scenario.js';
import type { Measured } from '../results/format.js';
import { estimateOf, leastRounds, level, meanOf } from './estimate.js';
import { nnls } from './nnls.js';
import { type RoundLogs, samplesOf } from './round-logs.js';
import { tQuantile } from './student.js';
import { type Entry, logsOf, type Table } from './table.js';
import type { Estimate, PricedList, PriceFigure, PriceLine } from './types.js';

/** Axes along which the size of the data grows: a price is a line over them. All others tell prices apart. */
const sizeAxes = ['keys', 'length'];

/** What the scenario's price list asks for; undefined where it has none, or nobody in the run has a part of it. */
export function pricesOf(table: Table): PricedList | undefined {
  const { prices } = table.header.scenario;
  if (prices === undefined) return undefined;
  // A run of some of the strategies has the prices of these.
  const taking = new Set(table.header.strategies.map(({ label }) => label));
  const rows = prices.rows.filter(({ strategy }) => taking.has(strategy));
  if (rows.length === 0) return undefined;
  const groups = [...new Map(table.points.map((point) => [groupKey(point), groupOf(point)])).values()];
  return {
    alone: prices.alone === true,
    groups,
    rows: rows.map((price) =>
      price.per === 'event'
        ? { price, event: eventFigure(entriesOf(table, price), price), figures: [] }
        : { price, figures: groups.map((group) => numberFigure(table, price, group)) },
    ),
  };
}

function groupOf(point: Point): Point {
  return Object.fromEntries(Object.entries(point).filter(([axis]) => !sizeAxes.includes(axis)));
}

function groupKey(point: Point): string {
  return pointKey(groupOf(point));
}

/** Where each phase is found. */
function accountOf(phase: PricedPhase): Account {
  if (phase === 'resident') return 'resident';
  return phase === 'import' || phase === 'open' || phase === 'close' ? 'one-shot' : 'warm';
}

function entriesOf(table: Table, { strategy, of }: Price): Entry[] {
  return table.all(accountOf(of)).filter((entry) => entry.strategy.label === strategy);
}

/** Times of a phase in one round, ns per call. */
function timesIn({ of }: Price): (outcome: Measured) => readonly number[] | undefined {
  return (outcome) => {
    switch (of) {
      case 'warm':
      case 'resident':
        return samplesOf(outcome, of);
      case 'import':
      case 'open':
      case 'close':
        return outcome.oneShot && [outcome.oneShot.phases[`${of}Ns`]];
      default:
        return outcome.warm?.stages?.phasesNs[of];
    }
  };
}

/** Of all sizes and groups together: an event's time depends on none. */
function eventFigure(entries: readonly Entry[], price: Price): PriceFigure {
  const series = entries
    .map((entry) => logsOf(entry, timesIn(price)))
    .filter((logs) => meanOf(logs).rounds > 0);
  if (series.length === 0) return nothing(entries);
  const rounds = Math.max(...series.map(({ length }) => length));
  const means = Float64Array.from({ length: rounds }, (_, round) => meanIn(series, round));
  const perEventNs = estimateOf(means);
  if (perEventNs.rounds === 0) return { kind: 'none', why: { kind: 'no common round' } };
  return { kind: 'priced', perEventNs };
}

/** Mean of the logs of one round, NaN where a series has none in it: another mix of sizes would pass for noise. */
function meanIn(series: readonly RoundLogs[], round: number): number {
  return series.reduce((sum, logs) => sum + (logs[round] ?? Number.NaN), 0) / series.length;
}

/** One size, its time in each round. */
interface Sized {
  readonly elements: number;
  readonly logs: RoundLogs;
}

/** The time of a number at each size, and the line through them all. */
function numberFigure(table: Table, price: Price, group: Point): PriceFigure {
  const entries = entriesOf(table, price).filter(({ cell }) => groupKey(cell.point) === pointKey(group));
  const sizes = entries
    .map((entry) => ({ elements: entry.cell.elements, logs: logsOf(entry, timesIn(price)) }))
    .filter(({ logs }) => meanOf(logs).rounds > 0)
    .sort((a, b) => a.elements - b.elements);
  if (sizes.length === 0) return nothing(entries);
  const line = lineThrough(sizes);
  return {
    kind: 'by size',
    sizes: sizes.map(({ elements, logs }) => ({
      elements,
      perNumberNs: estimateOf(logs.map((log) => log - Math.log(elements))),
    })),
    ...(line === undefined ? {} : { line }),
  };
}

/**
 * A line through the sizes in each round by itself, by least squares on the relative error (on an absolute scale the
 * largest size would decide alone), neither price negative; rounds are what the interval is over.
 */
function lineThrough(sizes: readonly Sized[]): PriceLine | undefined {
  const rounds = Math.max(...sizes.map(({ logs }) => logs.length));
  const lines = Array.from({ length: rounds }, (_, round) => lineIn(sizes, round)).flatMap(
    (one) => one ?? [],
  );
  if (lines.length === 0) return undefined;
  const perEventNs = meanEstimate(lines.map(({ start }) => start));
  const perNumberNs = meanEstimate(lines.map(({ slope }) => slope));
  const misses = sizes.map(({ elements, logs }) =>
    Math.abs((perEventNs.value + perNumberNs.value * elements) / estimateOf(logs).value - 1),
  );
  // Through two sizes there is always a line.
  return { perEventNs, perNumberNs, ...(sizes.length > 2 ? { offBy: Math.max(...misses) } : {}) };
}

/** Price per event and per number in one round; undefined where it has not every size, or there is only one. */
function lineIn(
  sizes: readonly Sized[],
  round: number,
): { readonly start: number; readonly slope: number } | undefined {
  const points = sizes.map(({ elements, logs }) => ({ elements, ns: Math.exp(logs[round] ?? Number.NaN) }));
  if (points.length < 2 || points.some(({ ns }) => Number.isNaN(ns))) return undefined;
  const rows = points.map(({ elements, ns }) => [1 / ns, elements / ns]);
  const [start = 0, slope = 0] = nnls(
    rows,
    points.map(() => 1),
  ).coefficients;
  return { start, slope };
}

/** Mean with Student's t interval; a price is never below nothing. */
function meanEstimate(values: readonly number[]): Estimate {
  const { mean, error, rounds } = meanOf(Float64Array.from(values));
  if (rounds < leastRounds) return { value: mean, rounds };
  const half = tQuantile(level, rounds - 1) * error;
  return { value: mean, interval: { low: Math.max(0, mean - half), high: mean + half }, rounds };
}

/** Why there is no figure. */
function nothing(entries: readonly Entry[]): PriceFigure {
  for (const { state } of entries) {
    if (state.kind === 'measured') return { kind: 'none', why: { kind: 'too short' } };
    if (state.kind !== 'missing') return { kind: 'none', why: { kind: 'no time', reason: state.reason } };
  }
  return { kind: 'none', why: { kind: 'not measured' } };
}
