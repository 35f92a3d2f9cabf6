import type { Account } from '../contract/scenario.js';
import type { CellRecord, Measured, Series } from '../results/format.js';

/** log(ns) of one cell in one account, by round from 0; NaN for a round that it has no time in. */
export type RoundLogs = Float64Array;

/** A measured record of one cell: its round and what was measured. */
export interface MeasuredRound {
  readonly round: number;
  readonly outcome: Measured;
}

export function measuredRounds(records: readonly CellRecord[]): MeasuredRound[] {
  return records.flatMap(({ round, outcome }) => (outcome.status === 'measured' ? [{ round, outcome }] : []));
}

/** Samples of an account in one round, ns per call; undefined where the account does not apply, or was left out. */
export function samplesOf(outcome: Measured, account: Account): readonly number[] | undefined {
  if (account === 'one-shot') return outcome.oneShot && [outcome.oneShot.totalNs];
  return seriesOf(outcome, account)?.samplesNs;
}

/** The series of one round; undefined where the account does not apply, or was left out. */
export function seriesOf(outcome: Measured, account: 'warm' | 'resident'): Series | undefined {
  if (account === 'warm') return outcome.warm;
  return outcome.resident.status === 'measured' ? outcome.resident : undefined;
}

/**
 * What stands for the calls of one process. The mean is all time over all calls: what a server pays, and what adds up in
 * a break-even (Smith, "Characterizing computer performance with a single number", CACM 31, 1988). The median is a
 * typical call: it leaves out the slow ones, which pools have more of than loops.
 */
export type Quantity = 'mean' | 'median';

/** Of these the quantity is made. The mean of a series is known to its last call, also where few samples of it are kept. */
export function callsOf(
  outcome: Measured,
  account: Account,
  quantity: Quantity,
): readonly number[] | undefined {
  const whole = account === 'warm' && quantity === 'mean' ? outcome.warm?.meanNs : undefined;
  return whole === undefined ? samplesOf(outcome, account) : [whole];
}

/**
 * One number per round: the logarithm of the mean of its samples, or of another quantity of theirs. The log scale,
 * because noise between processes multiplies, and because then a against b is exactly the inverse of b against a.
 * Samples inside a round share a process and are not independent: they give no interval, rounds do.
 */
export function roundLogs(
  rounds: readonly MeasuredRound[],
  valuesOf: (outcome: Measured) => readonly number[] | undefined,
  quantity: Quantity = 'mean',
): RoundLogs {
  const last = rounds.reduce((max, { round }) => Math.max(max, round), -1);
  const logs = new Float64Array(last + 1).fill(Number.NaN);
  for (const { round, outcome } of rounds) {
    const values = valuesOf(outcome)?.filter((ns) => ns > 0) ?? [];
    if (values.length > 0) logs[round] = Math.log(quantity === 'mean' ? mean(values) : median(values));
  }
  return logs;
}

/** Rounds that have a time. */
export function roundCount(logs: RoundLogs): number {
  return logs.reduce((count, log) => count + (Number.isNaN(log) ? 0 : 1), 0);
}

/** a − b in the rounds that both have. */
export function pairedDifference(a: RoundLogs, b: RoundLogs): RoundLogs {
  return a.subarray(0, Math.min(a.length, b.length)).map((log, round) => log - b[round]);
}

/** NaN for none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Middle value, or the mean of the two middle ones; NaN for none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
