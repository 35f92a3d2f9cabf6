import { labelsOf } from '../analysis/label.js';
import { accounts, type Table } from '../analysis/table.js';
import { pointKey } from '../contract/axes.js';
import type { Account, Point } from '../contract/scenario.js';
import type { Twin } from './twin.js';
import type { WinnerChange } from './types.js';

/** Points that both runs name a winner of, and not the same one. */
export function winnerChanges({ scenario, base, head }: Twin): WinnerChange[] {
  return accounts.flatMap((account) => {
    const after = winnersOf(head, account);
    return [...winnersOf(base, account)].flatMap(([key, { point, winner: before }]) => {
      const now = after.get(key)?.winner;
      return now === undefined || now === before ? [] : [{ scenario, account, point, before, after: now }];
    });
  });
}

function winnersOf(table: Table, account: Account): Map<string, { point: Point; winner: string }> {
  const labels = labelsOf(
    table.points.map((point) => table.at(account, point)),
    table.header,
  );
  return new Map(
    table.points.flatMap((point, i) => {
      const label = labels[i];
      return label.kind === 'winner' ? [[pointKey(point), { point, winner: label.strategy }] as const] : [];
    }),
  );
}
