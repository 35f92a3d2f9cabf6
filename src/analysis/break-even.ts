import type { Measured } from '../results/format.js';
import { estimateFromDraws, meanOf } from './estimate.js';
import { isBaseline, singleThread } from './group.js';
import { largestOfSweeps } from './largest.js';
import { leastOf, type Resampler } from './resampler.js';
import { fastest, measuredOf } from './rivalry.js';
import type { RoundLogs } from './round-logs.js';
import { type Entry, logsOf, startsInNode, type Table } from './table.js';
import type { BreakEven, Estimate } from './types.js';

/**
 * After how many uses a one-time cost is paid back, at the largest point of each sweep.
 * - opening: (open + close) / gain per warm run. A pool against the best single-thread strategy (chosen again in
 *   each draw), a single-thread strategy against for-loop.
 * - packing: (place + collect) / gain per compute. A user who passes over the data again and again either keeps
 *   lists and runs for-loop's resident compute each time, or packs once, runs this strategy's, and unpacks once.
 */
export function breakEvens(table: Table): BreakEven[] {
  return [...table.header.strategies].flatMap(({ label }) => [
    ...largest(table, 'warm', label).flatMap((entry) => opening(table, entry)),
    ...largest(table, 'resident', label).flatMap((entry) => packing(table, entry)),
  ]);
}

function largest(table: Table, account: 'warm' | 'resident', label: string): Entry[] {
  const entries = measuredOf(table.all(account)).filter(
    (entry) => startsInNode(entry) && entry.strategy.label === label,
  );
  return largestOfSweeps(entries, table.header.scenario.sweeps);
}

function opening(table: Table, entry: Entry): BreakEven[] {
  const cost = logsOf(entry, ({ oneShot }) => oneShot && [oneShot.phases.openNs + oneShot.phases.closeNs]);
  const rivals = measuredOf(table.at('warm', entry.cell.point)).filter(
    (rival) =>
      rival !== entry &&
      (singleThread(entry.strategy) ? isBaseline(rival.strategy) : singleThread(rival.strategy)),
  );
  return paidBack('opening', table.resampler, entry, cost, rivals);
}

function packing(table: Table, entry: Entry): BreakEven[] {
  // Serial and concurrent strategies compute on the lists themselves: there is nothing to pack.
  if (entry.strategy.family === 'serial' || entry.strategy.family === 'concurrent') return [];
  const cost = logsOf(entry, moveNs);
  const rivals = measuredOf(table.at('resident', entry.cell.point)).filter(({ strategy }) =>
    isBaseline(strategy),
  );
  return paidBack('packing', table.resampler, entry, cost, rivals);
}

/** place + collect of each call, ns. */
export function moveNs({ warm }: Measured): number[] | undefined {
  const phases = warm?.stages?.phasesNs;
  return phases?.place.map((ns, i) => ns + phases.collect[i]);
}

function paidBack(
  kind: BreakEven['kind'],
  resampler: Resampler,
  entry: Entry,
  costLogs: RoundLogs,
  rivals: readonly Entry[],
): BreakEven[] {
  const against = fastest(rivals);
  const costDraws = resampler.draws(costLogs);
  const ownDraws = resampler.draws(entry.logs);
  const rivalDraws = leastOf(rivals.flatMap(({ logs }) => resampler.draws(logs) ?? []));
  const cost = meanOf(costLogs);
  // No opening, no stages, or a single round: nothing to pay back, or nothing to say.
  if (against === undefined || !costDraws || !ownDraws || !rivalDraws || cost.rounds < 2) return [];
  const own = meanOf(entry.logs);
  const costNs = Math.exp(cost.mean);
  const gainNs = Math.exp(meanOf(against.logs).mean) - Math.exp(own.mean);
  const rounds = Math.min(cost.rounds, own.rounds, meanOf(against.logs).rounds);
  const costs = costDraws.map(Math.exp);
  const gains = rivalDraws.map((log, draw) => Math.exp(log) - Math.exp(ownDraws[draw]));
  const gain = estimateFromDraws(gainNs, gains, rounds);
  return [
    {
      kind,
      strategy: entry.strategy.label,
      against: against.strategy.label,
      point: entry.cell.point,
      costNs: estimateFromDraws(costNs, costs, rounds),
      gainNs: gain,
      uses: usesOf(gain, costNs, costs, gains),
    },
  ];
}

/** Decided by the interval of the gain; without one (too few rounds) undecided. */
function usesOf(gain: Estimate, costNs: number, costs: Float64Array, gains: Float64Array): BreakEven['uses'] {
  if (gain.interval === undefined) return { kind: 'undecided' };
  if (gain.interval.high <= 0) return { kind: 'never' };
  if (gain.interval.low <= 0) return { kind: 'undecided' };
  // The few draws without a gain never pay back: infinitely many uses, beyond the percentiles.
  const draws = costs.map((ns, draw) => (gains[draw] > 0 ? ns / gains[draw] : Number.POSITIVE_INFINITY));
  const { interval } = estimateFromDraws(0, draws, gain.rounds);
  if (interval === undefined || !Number.isFinite(interval.high)) return { kind: 'undecided' };
  const uses = {
    value: wholeUses(costNs / gain.value),
    interval: { low: wholeUses(interval.low), high: wholeUses(interval.high) },
    rounds: gain.rounds,
  };
  return { kind: 'after', uses };
}

/** At least one use: the cost is paid before the first gain. */
function wholeUses(uses: number): number {
  return Math.max(1, Math.ceil(uses));
}
