import type { Analysis, CellAnalysis } from '../../analysis/types.js';
import type { Account } from '../../contract/scenario.js';
import { samePoint } from '../axes.js';
import { headlinePoint, measuredCells, timeNs } from '../headline.js';
import type { BarPart, ShareBar } from './share-bars.js';

const order = ['import', 'open', 'place', 'move', 'compute', 'run', 'collect', 'release', 'close'];

/** The bars of an account at the largest point, fastest strategy first. */
export function phaseBars(analysis: Analysis, account: Account): ShareBar[] {
  return measuredCells(headlinePoint(analysis, account)).map((cell) => {
    const parts = partsOf(analysis, account, cell).filter(({ ns }) => ns > 0);
    return {
      label: cell.strategy,
      totalNs: timeNs(cell),
      parts: parts.sort((a, b) => order.indexOf(a.part) - order.indexOf(b.part)),
    };
  });
}

function partsOf(analysis: Analysis, account: Account, cell: CellAnalysis): BarPart[] {
  const phases = Object.entries(cell.details.phasesNs)
    .map(([name, ns]) => ({ part: name.replace(/Ns$/, ''), ns }))
    .filter(({ part }) => order.includes(part));
  if (phases.some(({ part }) => part !== 'run')) return phases;
  return account === 'warm' ? (splitByCost(analysis, cell) ?? wholeRun(cell)) : wholeRun(cell);
}

/** A strategy that runs in one overlapped piece is split by what its numbers cost to move and to compute. */
function splitByCost(analysis: Analysis, cell: CellAnalysis): BarPart[] | undefined {
  const cost = analysis.costs.find(
    ({ strategy, point }) => strategy === cell.strategy && samePoint(point, cell.point),
  );
  if (cost?.movingNsPerElement === undefined || cost.computingNsPerElement === undefined) return undefined;
  const each = cost.movingNsPerElement + cost.computingNsPerElement;
  if (each <= 0) return undefined;
  const share = Math.max(0, Math.min(1, cost.movingNsPerElement / each));
  return [
    { part: 'move', ns: timeNs(cell) * share },
    { part: 'compute', ns: timeNs(cell) * (1 - share) },
  ];
}

function wholeRun(cell: CellAnalysis): BarPart[] {
  return [{ part: 'run', ns: timeNs(cell) }];
}
