import { meanOf } from '../analysis/estimate.js';
import { isBaseline } from '../analysis/group.js';
import { grouped } from '../analysis/grouped.js';
import { pairedDifference, type RoundLogs, seriesOf } from '../analysis/round-logs.js';
import { accounts, type Entry, logsOf, type Table } from '../analysis/table.js';
import type { Account } from '../contract/scenario.js';
import type { Measured } from '../results/format.js';
import { type EntryPair, measuredPairs, type Twin } from './twin.js';
import type { Asked, Pairing, Quantity } from './types.js';

/** Something measured on both sides, as one log value per round and side: is it the same? */
export interface Question extends Asked {
  readonly base: RoundLogs;
  readonly head: RoundLogs;
}

/** Every cell and account. */
export function cellQuestions(twin: Twin, pairing: Pairing): Question[] {
  return accounts.flatMap((account) =>
    measuredPairs(twin, account).flatMap((pair) => {
      const quantity: Quantity = pairing === 'across hosts' ? 'ratio to for-loop' : 'time';
      const logs = (table: Table, entry: Entry) =>
        quantity === 'time' ? entry.logs : overForLoop(table, entry);
      const [base, head] = [logs(twin.base, pair.base), logs(twin.head, pair.head)];
      if (base === undefined || head === undefined) return [];
      return [{ ...identityOf(twin, pair), quantity, account, points: 1, base, head }];
    }),
  );
}

/**
 * Each strategy over all its points, by account: a change of the strategy's own code moves them all, and their mean is
 * known far better than any of them. A strategy with a single point is asked about there.
 */
export function strategyQuestions(cells: readonly Question[]): Question[] {
  const groups = grouped(cells, ({ scenario, strategy, account, quantity }) =>
    JSON.stringify([scenario, strategy, account, quantity]),
  );
  return [...groups.values()].flatMap((group) => {
    if (group.length < 2) return group;
    const { point: _, ...identity } = group[0];
    const together = {
      ...identity,
      points: group.length,
      base: meanByRound(group.map(({ base }) => base)),
      head: meanByRound(group.map(({ head }) => head)),
    };
    return [together];
  });
}

/** Cells that are not the only one of their strategy: the others were asked about already. */
export function furtherQuestions(cells: readonly Question[], strategies: readonly Question[]): Question[] {
  const asked = new Set(strategies);
  return cells.filter((cell) => !asked.has(cell));
}

/** CPU time of all processes, by cell and account. */
export function cpuQuestions(twin: Twin): Question[] {
  return accounts.flatMap((account) =>
    measuredPairs(twin, account).map((pair) => {
      const logs = (entry: Entry) => logsOf(entry, (outcome) => [cpuNsOf(outcome, account) ?? 0]);
      const quantity = 'cpu' as const;
      const [base, head] = [logs(pair.base), logs(pair.head)];
      return { ...identityOf(twin, pair), quantity, account, points: 1, base, head };
    }),
  );
}

/** Peak memory of each cell's processes. */
export function memoryQuestions(twin: Twin): Question[] {
  return measuredPairs(twin, 'one-shot').map((pair) => {
    const logs = (entry: Entry) => logsOf(entry, ({ peakBytes }) => [peakBytes]);
    const quantity = 'memory' as const;
    return {
      ...identityOf(twin, pair),
      quantity,
      points: 1,
      base: logs(pair.base),
      head: logs(pair.head),
    };
  });
}

function identityOf({ scenario }: Twin, { base }: EntryPair) {
  return { scenario, strategy: base.strategy.label, point: base.cell.point };
}

function cpuNsOf(outcome: Measured, account: Account): number | undefined {
  return (account === 'one-shot' ? outcome.oneShot : seriesOf(outcome, account))?.cpuNs;
}

/** Time over for-loop's of the same round and point; undefined for for-loop itself and where it has no time. */
function overForLoop(table: Table, entry: Entry): RoundLogs | undefined {
  if (isBaseline(entry.strategy)) return undefined;
  const loop = table
    .at(entry.account, entry.cell.point)
    .find(({ strategy, state }) => isBaseline(strategy) && state.kind === 'measured');
  return loop && pairedDifference(entry.logs, loop.logs);
}

/** Mean over cells, round by round; NaN in a round that one of them lacks, since the rest would have another mean. */
function meanByRound(cells: readonly RoundLogs[]): RoundLogs {
  const rounds = Math.max(...cells.map(({ length }) => length));
  return Float64Array.from({ length: rounds }, (_, round) => {
    let sum = 0;
    for (const logs of cells) sum += logs[round] ?? Number.NaN;
    return sum / cells.length;
  });
}

/** Standard deviation of the base's rounds, as a share. */
export function noiseOf({ base }: Question): number {
  const { error, rounds } = meanOf(base);
  return Number.isNaN(error) ? Number.NaN : Math.expm1(error * Math.sqrt(rounds));
}
