import type { Analysis, CellAnalysis } from '../../analysis/types.js';
import type { Account } from '../../contract/scenario.js';
import { samePoint } from '../axes.js';
import { headlinePoint, measuredCells, timeNs } from '../headline.js';

/** One part of a strategy's time. */
export interface PhasePart {
  readonly phase: string;
  readonly ns: number;
}

/** One strategy's time, split. The parts need not add up to the total where sending and computing overlap. */
export interface PhaseBar {
  readonly label: string;
  readonly totalNs: number;
  readonly parts: readonly PhasePart[];
}

const order = ['import', 'open', 'place', 'move', 'compute', 'run', 'collect', 'release', 'close'];

/** The bars of an account at the largest point, fastest strategy first. */
export function phaseBars(analysis: Analysis, account: Account): PhaseBar[] {
  return measuredCells(headlinePoint(analysis, account)).map((cell) => {
    const parts = partsOf(analysis, account, cell).filter(({ ns }) => ns > 0);
    return {
      label: cell.strategy,
      totalNs: timeNs(cell),
      parts: parts.sort((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase)),
    };
  });
}

function partsOf(analysis: Analysis, account: Account, cell: CellAnalysis): PhasePart[] {
  const phases = Object.entries(cell.details.phasesNs)
    .map(([name, ns]) => ({ phase: name.replace(/Ns$/, ''), ns }))
    .filter(({ phase }) => order.includes(phase));
  if (phases.some(({ phase }) => phase !== 'run')) return phases;
  return account === 'warm' ? (splitByCost(analysis, cell) ?? wholeRun(cell)) : wholeRun(cell);
}

/** A strategy that runs in one overlapped piece is split by what its numbers cost to move and to compute. */
function splitByCost(analysis: Analysis, cell: CellAnalysis): PhasePart[] | undefined {
  const cost = analysis.costs.find(
    ({ strategy, point }) => strategy === cell.strategy && samePoint(point, cell.point),
  );
  if (cost?.movingNsPerElement === undefined || cost.computingNsPerElement === undefined) return undefined;
  const each = cost.movingNsPerElement + cost.computingNsPerElement;
  if (each <= 0) return undefined;
  const share = Math.max(0, Math.min(1, cost.movingNsPerElement / each));
  return [
    { phase: 'move', ns: timeNs(cell) * share },
    { phase: 'compute', ns: timeNs(cell) * (1 - share) },
  ];
}

function wholeRun(cell: CellAnalysis): PhasePart[] {
  return [{ phase: 'run', ns: timeNs(cell) }];
}
