import type { Account } from '../contract/scenario.js';
import { bestOf } from './best.js';
import { detailsOf } from './cell-details.js';
import { bestRatio } from './contest.js';
import { crossoversOf, crossoversOfEach } from './crossover.js';
import { isBaseline, singleThread } from './group.js';
import { labelsOf } from './label.js';
import { ratioOf } from './level.js';
import type { Line } from './line.js';
import { competing, fastest, measuredOf } from './rivalry.js';
import type { Entry, Table } from './table.js';
import type {
  AccountAnalysis,
  BesideAnalysis,
  BestAnswer,
  CellAnalysis,
  Label,
  PointAnalysis,
} from './types.js';

/** One account: its map of points with labels, and its crossovers. */
export function analyseAccount(table: Table, account: Account, lines: readonly Line[]): AccountAnalysis {
  const map = table.points.map((point) => table.at(account, point));
  const labels = labelsOf(map, table.header);
  const bests = bestOf(map, table.header);
  const besides = besideEach(table, account, map);
  return {
    account,
    points: table.points.map((point, i) => ({
      point,
      ...pointAnalysis(map[i], labels[i]),
      ...bestField(bests[i]),
      beside: besides[i],
    })),
    crossovers: crossoversOf(table, account, lines),
    each: crossoversOfEach(table, account, lines),
  };
}

function bestField(best: BestAnswer | undefined): Pick<PointAnalysis, 'best'> {
  return best === undefined ? {} : { best };
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
        table.header,
      ),
    ]),
  );
  return groups.map((group, i) => {
    const forLoop = measuredOf(map[i]).find(({ strategy }) => isBaseline(strategy));
    return [...group].map(([program, entries]) => ({
      program,
      label: labels.get(program)?.[i] ?? { kind: 'nobody' },
      cells: entries.map((entry) => cellAnalysis(entry, [], forLoop)),
    }));
  });
}

function pointAnalysis(entries: readonly Entry[], label: Label): Omit<PointAnalysis, 'point' | 'beside'> {
  const singles = measuredOf(competing(entries)).filter(({ strategy }) => singleThread(strategy));
  const best = fastest(singles);
  const forLoop = measuredOf(entries).find(({ strategy }) => isBaseline(strategy));
  return {
    label,
    ...(best === undefined ? {} : { bestSingleThread: best.strategy.label }),
    cells: entries.map((entry) => cellAnalysis(entry, singles, forLoop)),
  };
}

function cellAnalysis(entry: Entry, singles: readonly Entry[], forLoop: Entry | undefined): CellAnalysis {
  const measured = entry.state.kind === 'measured';
  return {
    cell: entry.cell.id,
    strategy: entry.strategy.label,
    point: entry.cell.point,
    keys: entry.cell.keys,
    elements: entry.cell.elements,
    state: entry.state,
    ...(measured && singles.length > 0 ? { speedUp: bestRatio(singles, [entry]) } : {}),
    ...(measured && forLoop !== undefined ? { ratioToForLoop: ratioOf(forLoop, entry) } : {}),
    details: detailsOf(entry),
  };
}
