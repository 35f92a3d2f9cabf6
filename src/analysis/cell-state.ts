import type { Account } from '../contract/scenario.js';
import type { CellHeader, CellRecord, Limited, Outcome } from '../results/format.js';
import { estimateOf } from './estimate.js';
import { type RoundLogs, roundCount } from './round-logs.js';
import type { CellState, SomeRounds } from './types.js';

/**
 * What became of a cell in one account. A wrong answer or a crash in a single round fails the cell: the times of the
 * other rounds are those of code that cannot be trusted. A limit in a single round makes it a bound: the rounds that
 * finished are the fast ones, and their mean would flatter it.
 */
export function cellState(
  cell: CellHeader,
  records: readonly CellRecord[],
  logs: RoundLogs,
  account: Account,
): CellState {
  const { notApplicable, needs } = cell;
  if (notApplicable !== undefined)
    return { kind: 'not applicable', reason: notApplicable, ...(needs === undefined ? {} : { needs }) };
  const outcomes = records.map(({ outcome }) => outcome);
  return (
    failure(outcomes) ??
    bound(outcomes, account) ??
    (roundCount(logs) > 0
      ? { kind: 'measured', time: estimateOf(logs) }
      : (noResident(outcomes, account) ?? { kind: 'missing' }))
  );
}

function failure(outcomes: readonly Outcome[]): CellState | undefined {
  for (const how of ['wrong', 'crashed'] as const) {
    const failed = outcomes.filter(({ status }) => status === how);
    const [first] = failed;
    if (first === undefined || !('message' in first)) continue;
    return { kind: 'failed', how, reason: first.message, ...inSome(failed.length, outcomes.length) };
  }
  return undefined;
}

function bound(outcomes: readonly Outcome[], account: Account): CellState | undefined {
  const limited = outcomes.filter((outcome) => outcome.status === 'limit');
  const finished = outcomes.filter(({ status }) => status === 'measured').length;
  const [first] = limited;
  if (first === undefined) {
    const skipped = outcomes.find((outcome) => outcome.status === 'skipped');
    return skipped !== undefined && finished === 0 ? { kind: 'bound', reason: skipped.message } : undefined;
  }
  if (finished > 0)
    return {
      kind: 'bound',
      reason: first.message,
      ...inSome(limited.length, limited.length + finished),
      ...by(first),
    };
  // The bound is of the whole one-shot session; of the other accounts it says only that they were not reached.
  const bounds = limited.flatMap(({ boundNs }) => (boundNs === undefined ? [] : [boundNs]));
  const known = account === 'one-shot' && bounds.length === limited.length;
  return {
    kind: 'bound',
    ...(known ? { overNs: Math.min(...bounds) } : {}),
    reason: first.message,
    ...by(first),
  };
}

function inSome(rounds: number, of: number): { readonly in?: SomeRounds } {
  return rounds < of ? { in: { rounds, of } } : {};
}

function by({ by }: Limited): { readonly by?: 'machine' } {
  return by === undefined ? {} : { by };
}

function noResident(outcomes: readonly Outcome[], account: Account): CellState | undefined {
  if (account !== 'resident') return undefined;
  for (const outcome of outcomes) {
    if (outcome.status === 'measured' && outcome.resident.status === 'not applicable') {
      return { kind: 'not applicable', reason: outcome.resident.reason };
    }
  }
  return undefined;
}
