import type { Results } from '../results/format.js';
import { analyseAccount } from './account.js';
import { bandwidthOf } from './bandwidth.js';
import { breakEvens } from './break-even.js';
import { callsOf } from './calls.js';
import { claimVerdicts } from './claim.js';
import { decide } from './decision.js';
import { findingsOf } from './findings/findings.js';
import { linesOf } from './line.js';
import { pricesOf } from './prices.js';
import { smallestDifference } from './smallest-difference.js';
import { accounts, type Table, tableOf } from './table.js';
import type { Analysis } from './types.js';

export interface AnalysisOptions {
  /** Draws of the resampling; default 2,000. Fewer are faster and make percentiles coarser. */
  readonly draws?: number;
}

/**
 * Everything that charts and verdict are drawn from. A pure function: the same results give the same analysis, to the
 * last bit, since the draws are seeded with the run's own seed.
 */
export function analyse(results: Results, { draws = 2000 }: AnalysisOptions = {}): Analysis {
  const table = tableOf(results, draws);
  const lines = linesOf(table);
  const analysed = accounts.map((account) => analyseAccount(table, account, lines));
  const smallest = smallestDifference(table);
  const prices = pricesOf(table);
  const interrupted = results.end?.status !== 'finished';
  const decision = decide(results.header, analysed);
  return {
    header: results.header,
    rounds: completedRounds(table),
    interrupted,
    accounts: analysed,
    decision,
    calls: callsOf(table, decision, analysed),
    breakEven: breakEvens(table),
    claims: claimVerdicts(table),
    ...(prices === undefined ? {} : { prices }),
    bandwidth: bandwidthOf(table),
    findings: findingsOf({ table, accounts: analysed, interrupted }),
    ...(smallest === undefined ? {} : { smallestDifference: smallest }),
    notes: [...results.notes, ...(results.end?.because ?? [])],
  };
}

/** Least number of records that a cell has, over the cells that could run. */
function completedRounds({ header, records }: Table): number {
  const rounds = new Map(header.cells.map(({ id }) => [id, new Set<number>()]));
  for (const { cell, round } of records) rounds.get(cell)?.add(round);
  const runnable = header.cells.filter(({ notApplicable }) => notApplicable === undefined);
  return runnable.length === 0 ? 0 : Math.min(...runnable.map(({ id }) => rounds.get(id)?.size ?? 0));
}
