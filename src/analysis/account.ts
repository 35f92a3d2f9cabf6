import type { Account } from '../contract/scenario.js';
import { detailsOf } from './cell-details.js';
import { bestRatio } from './contest.js';
import { crossoversOf, crossoversOfEach } from './crossover.js';
import { ratioOf } from './estimate.js';
import { isBaseline, singleThread } from './group.js';
import { labelsOf } from './label.js';
import type { Line } from './line.js';
import { fastest, measuredOf } from './rivalry.js';
import type { Entry, Table } from './table.js';
import type { AccountAnalysis, BesideAnalysis, CellAnalysis, Label, PointAnalysis } from './types.js';

/** One account: its map of points with labels, and its crossovers. */
export function analyseAccount(table: Table, account: Account, lines: readonly Line[]): AccountAnalysis {
  const map = table.points.map((point) => table.at(account, point));
  const labels = labelsOf(map, table.header.margin);
  const besides = besideEach(table, account, map);
  return {
    account,
    points: table.points.map((point, i) => ({
      point,
      ...pointAnalysis(table, map[i], labels[i]),
      beside: besides[i],
    })),
    crossovers: crossoversOf(table, account, lines),
    each: crossoversOfEach(table, account, lines),
  };
}

/** Per point, what is not ranked with the others: the strategies of each program, with a winner of their own. */
function besideEach(table: Table, account: Account, map: readonly (readonly Entry[])[]): BesideAnalysis[][] {
  const groups = table.points.map((point) => table.beside(account, point));
  const programs = [...new Set(groups.flatMap((group) => [...group.keys()]))];
  const labels = new Map(
    programs.map((program) => [
      program,
      labelsOf(
        groups.map((group) => group.get(program) ?? []),
        table.header.margin,
      ),
    ]),
  );
  return groups.map((group, i) => {
    const forLoop = measuredOf(map[i]).find(({ strategy }) => isBaseline(strategy));
    return [...group].map(([program, entries]) => ({
      program,
      label: labels.get(program)?.[i] ?? { kind: 'nobody' },
      cells: entries.map((entry) => cellAnalysis(table, entry, [], forLoop)),
    }));
  });
}

function pointAnalysis(
  table: Table,
  entries: readonly Entry[],
  label: Label,
): Omit<PointAnalysis, 'point' | 'beside'> {
  const singles = measuredOf(entries).filter(({ strategy }) => singleThread(strategy));
  const best = fastest(singles);
  const forLoop = measuredOf(entries).find(({ strategy }) => isBaseline(strategy));
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
