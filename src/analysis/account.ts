import type { Account } from '../contract/scenario.js';
import { detailsOf } from './cell-details.js';
import { bestRatio } from './contest.js';
import { crossoversOf } from './crossover.js';
import { ratioOf } from './estimate.js';
import { isForLoop, singleThread } from './group.js';
import { labelsOf } from './label.js';
import type { Line } from './line.js';
import { fastest, measuredOf } from './rivalry.js';
import type { Entry, Table } from './table.js';
import type { AccountAnalysis, CellAnalysis, Label, PointAnalysis } from './types.js';

/** One account: its map of points with labels, and its crossovers. */
export function analyseAccount(table: Table, account: Account, lines: readonly Line[]): AccountAnalysis {
  const map = table.points.map((point) => table.at(account, point));
  const labels = labelsOf(map, table.header.margin);
  return {
    account,
    points: table.points.map((point, i) => ({ point, ...pointAnalysis(table, map[i], labels[i]) })),
    crossovers: crossoversOf(table, account, lines),
  };
}

function pointAnalysis(table: Table, entries: readonly Entry[], label: Label): Omit<PointAnalysis, 'point'> {
  const singles = measuredOf(entries).filter(({ strategy }) => singleThread(strategy));
  const best = fastest(singles);
  const forLoop = measuredOf(entries).find(({ strategy }) => isForLoop(strategy));
  return {
    label,
    ...(best === undefined ? {} : { bestSingleThread: best.strategy.label }),
    cells: entries.map((entry) => cellAnalysis(table, entry, singles, forLoop)),
  };
}

function cellAnalysis(
  table: Table,
  entry: Entry,
  singles: readonly Entry[],
  forLoop: Entry | undefined,
): CellAnalysis {
  const measured = entry.state.kind === 'measured';
  return {
    cell: entry.cell.id,
    strategy: entry.strategy.label,
    point: entry.cell.point,
    keys: entry.cell.keys,
    elements: entry.cell.elements,
    state: entry.state,
    ...(measured && singles.length > 0 ? { speedUp: bestRatio(singles, [entry], table.resampler) } : {}),
    ...(measured && forLoop !== undefined ? { ratioToForLoop: ratioOf(forLoop.logs, entry.logs) } : {}),
    details: detailsOf(entry),
  };
}
