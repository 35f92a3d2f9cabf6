import { type Entry, type Table, tableOf } from '../analysis/table.js';
import { pointKey } from '../contract/axes.js';
import type { Account } from '../contract/scenario.js';
import type { CellHeader, Results } from '../results/format.js';
import type { Pairing, UnmatchedCell } from './types.js';

/** One scenario on both sides. */
export interface Twin {
  readonly scenario: string;
  readonly base: Table;
  readonly head: Table;
}

/** A cell of both sides in one account. */
export interface EntryPair {
  readonly base: Entry;
  readonly head: Entry;
}

/**
 * Tables of both sides with aligned draws: interleaved runs share the random numbers of a round, so that what a round
 * did to both stays paired; separate runs draw independently.
 */
export function twinOf(base: Results, head: Results, pairing: Pairing, draws: number): Twin {
  const rounds = Math.max(...[base, head].map(roundsOf));
  const seed = base.header.seed + (pairing === 'interleaved' ? 0 : 1);
  return {
    scenario: base.header.scenario.id,
    base: tableOf({ ...base, header: { ...base.header, rounds } }, draws),
    head: tableOf({ ...head, header: { ...head.header, rounds, seed } }, draws),
  };
}

/** Under a time they are fewer or more than the header says. */
export function roundsMeasured({ records }: Results): number {
  return records.reduce((most, { round }) => Math.max(most, round + 1), 0);
}

function roundsOf(results: Results): number {
  return Math.max(results.header.rounds, roundsMeasured(results));
}

/** Cells that both sides have, by strategy label and point. */
export function pairsOf({ base, head }: Twin, account: Account): EntryPair[] {
  const heads = new Map(head.all(account).map((entry) => [keyOf(entry.cell), entry]));
  return base.all(account).flatMap((entry) => {
    const other = heads.get(keyOf(entry.cell));
    return other === undefined ? [] : [{ base: entry, head: other }];
  });
}

/** Those of them that have times on both sides. */
export function measuredPairs(twin: Twin, account: Account): EntryPair[] {
  return pairsOf(twin, account).filter(
    ({ base, head }) => base.state.kind === 'measured' && head.state.kind === 'measured',
  );
}

/** Cells of one side that the other does not have, or cannot run there. */
export function unmatched({ scenario, base, head }: Twin): {
  readonly newCells: UnmatchedCell[];
  readonly removedCells: UnmatchedCell[];
} {
  const [before, after] = [runnable(base), runnable(head)];
  const only = (cells: ReadonlyMap<string, CellHeader>, others: ReadonlyMap<string, CellHeader>) =>
    [...cells]
      .filter(([key]) => !others.has(key))
      .map(([, { strategy, point }]) => ({ scenario, strategy, point }));
  return { newCells: only(after, before), removedCells: only(before, after) };
}

function runnable({ header }: Table): Map<string, CellHeader> {
  const cells = header.cells.filter(({ notApplicable }) => notApplicable === undefined);
  return new Map(cells.map((cell) => [keyOf(cell), cell]));
}

function keyOf({ strategy, point }: CellHeader): string {
  return `${strategy} ${pointKey(point)}`;
}
