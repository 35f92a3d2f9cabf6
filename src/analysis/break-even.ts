import type { Measured } from '../results/format.js';
import { estimateFromDraws, leastRounds, level, meanOf, quantileOf } from './estimate.js';
import { isBaseline, singleThread } from './group.js';
import { levelOf } from './level.js';
import type { Resampler } from './resampler.js';
import { competing, fastest, measuredOf } from './rivalry.js';
import type { RoundLogs } from './round-logs.js';
import { type Entry, logsOf, startsInNode, type Table } from './table.js';
import type { BreakEven, Estimate } from './types.js';

/**
 * After how many uses a one-time cost is paid back, at every point: it differs from one to the next by thousands.
 * - opening: (open + close) / gain per warm run. A pool against the best single-thread strategy, a single-thread strategy against for-loop.
 * - packing: (place + collect) / gain per compute. A user who passes over the data again and again either keeps
 *   lists and runs for-loop's resident compute each time, or packs once, runs this strategy's, and unpacks once.
 */
export function breakEvens(table: Table): BreakEven[] {
  return [...table.header.strategies].flatMap(({ label }) => [
    ...measuredAt(table, 'warm', label).flatMap((entry) => opening(table, entry)),
    ...measuredAt(table, 'resident', label).flatMap((entry) => packing(table, entry)),
  ]);
}

function measuredAt(table: Table, account: 'warm' | 'resident', label: string): Entry[] {
  return measuredOf(table.all(account)).filter(
    (entry) => startsInNode(entry) && entry.strategy.label === label,
  );
}

function opening(table: Table, entry: Entry): BreakEven[] {
  const cost = logsOf(entry, ({ oneShot }) => oneShot && [oneShot.phases.openNs + oneShot.phases.closeNs]);
  const rivals = measuredOf(competing(table.at('warm', entry.cell.point))).filter(
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
  const ownDraws = resampler.levelDraws(entry);
  const rivalDraws = rivals.flatMap((rival) => resampler.levelDraws(rival) ?? []);
  const cost = meanOf(costLogs);
  // No opening, no stages, or a single round: nothing to pay back, or nothing to say.
  if (against === undefined || !costDraws || !ownDraws || rivalDraws.length === 0 || cost.rounds < 2)
    return [];
  const own = levelOf(entry);
  const costNs = Math.exp(cost.mean);
  const gainNs = Math.exp(levelOf(against).mean) - Math.exp(own.mean);
  // The cost may have fewer rounds than the gain: whether there is a gain is known all the same.
  const rounds = Math.min(own.rounds, levelOf(against).rounds);
  const costs = costDraws.map(Math.exp);
  const gains = rivalDraws.map((draws) => draws.map((log, draw) => Math.exp(log) - Math.exp(ownDraws[draw])));
  const gain = leastOfEach(gainNs, gains, rounds);
  return [
    {
      kind,
      strategy: entry.strategy.label,
      against: against.strategy.label,
      point: entry.cell.point,
      costNs: estimateFromDraws(costNs, costs, cost.rounds),
      gainNs: gain,
      uses: usesOf(gain, { value: costNs, rounds: cost.rounds }, costs, gains),
    },
  ];
}

/**
 * Against the best of several rivals: the least gain. Each one's lower limit holds for it, and so do their upper limits
 * where they share their chance of error (as `bestRatio`).
 */
function leastOfEach(value: number, gains: readonly Float64Array[], rounds: number): Estimate {
  if (rounds < leastRounds) return { value, rounds };
  const sorted = gains.map((draws) => draws.slice().sort());
  const tail = (1 - level) / 2;
  const low = Math.min(...sorted.map((draws) => quantileOf(draws, tail)));
  const high = Math.min(...sorted.map((draws) => quantileOf(draws, 1 - tail / gains.length)));
  return { value, interval: { low, high: Math.max(low, high) }, rounds };
}

/** Decided by the interval of the gain; without one (too few rounds) undecided. Uses are most against the best rival. */
function usesOf(
  gain: Estimate,
  cost: Estimate,
  costs: Float64Array,
  gains: readonly Float64Array[],
): BreakEven['uses'] {
  if (gain.interval === undefined) return { kind: 'undecided' };
  if (gain.interval.high <= 0) return { kind: 'never' };
  if (gain.interval.low <= 0) return { kind: 'undecided' };
  const value = wholeUses(cost.value / gain.value);
  const rounds = Math.min(gain.rounds, cost.rounds);
  if (rounds < leastRounds) return { kind: 'after', uses: { value, rounds } };
  // The few draws without a gain never pay back: infinitely many uses, beyond the percentiles.
  const sorted = gains.map((each) =>
    costs.map((ns, draw) => (each[draw] > 0 ? ns / each[draw] : Number.POSITIVE_INFINITY)).sort(),
  );
  const tail = (1 - level) / 2;
  const low = Math.max(...sorted.map((draws) => quantileOf(draws, tail / gains.length)));
  const interval = { low, high: Math.max(low, ...sorted.map((draws) => quantileOf(draws, 1 - tail))) };
  if (!Number.isFinite(interval.high)) return { kind: 'undecided' };
  const uses = {
    value,
    interval: { low: wholeUses(interval.low), high: wholeUses(interval.high) },
    rounds,
  };
  return { kind: 'after', uses };
}

/** At least one use: the cost is paid before the first gain. */
function wholeUses(uses: number): number {
  return Math.max(1, Math.ceil(uses));
}
