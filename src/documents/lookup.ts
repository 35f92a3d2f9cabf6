import { baselineLabel } from '../analysis/group.js';
import { type Traced, tracedOf } from '../analysis/path.js';
import type { AccountAnalysis, Analysis, CellAnalysis, PointAnalysis } from '../analysis/types.js';
import type { Account } from '../contract/scenario.js';
import { capitalWord } from '../document/words.js';
import type { StrategyHeader } from '../results/format.js';
import { samePoint } from './points.js';

/* Questions to an analysis that every document asks. */

/** One account of an analysis. */
export function accountOf(analysis: Analysis, account: Account): AccountAnalysis | undefined {
  return analysis.accounts.find((one) => one.account === account);
}

/** One strategy at one point, where it is part of the run. */
export function cellAt(point: PointAnalysis | undefined, strategy: string): CellAnalysis | undefined {
  return point?.cells.find((cell) => cell.strategy === strategy);
}

/** All cells of a point: those that are ranked, and those that are shown beside them. */
export function allCells(point: PointAnalysis | undefined): CellAnalysis[] {
  return point === undefined ? [] : [...point.cells, ...point.beside.flatMap(({ cells }) => cells)];
}

/** The program in which a strategy's data starts, as a report names it; undefined where it starts in Node. */
export function programOfLabel(analysis: Analysis, label: string): string | undefined {
  const strategy = strategyOf(analysis, label);
  return strategy?.home === 'program' ? capitalWord(strategy.program ?? 'the program') : undefined;
}

/** Cells of a point that have a time, fastest first. */
export function measuredCells(point: PointAnalysis | undefined): CellAnalysis[] {
  const cells = (point?.cells ?? []).filter(({ state }) => state.kind === 'measured');
  return cells.sort((a, b) => timeNs(a) - timeNs(b));
}

/** Estimated time of a cell; infinite where it has none. */
export function timeNs(cell: CellAnalysis | undefined): number {
  return cell?.state.kind === 'measured' ? cell.state.time.value : Number.POSITIVE_INFINITY;
}

/**
 * The point that headlines speak of: the one with the most numbers, among equals the one on which the slowest
 * single-thread strategy takes longest. It has the same coordinates in every account.
 */
export function headlinePoint(analysis: Analysis, account: Account): PointAnalysis | undefined {
  const warm = accountOf(analysis, 'warm')?.points ?? [];
  const measured = warm.filter((point) => measuredCells(point).length > 0);
  const size = (point: PointAnalysis) => point.cells[0]?.elements ?? 0;
  const effort = (point: PointAnalysis) =>
    timeNs(cellAt(point, baselineLabel(analysis.header) ?? '') ?? measuredCells(point)[0]);
  const [largest] = [...measured].sort((a, b) => size(b) - size(a) || order(effort(b), effort(a)));
  if (largest === undefined) return undefined;
  return accountOf(analysis, account)?.points.find(({ point }) => samePoint(point, largest.point));
}

function order(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** The strategy header of a label. */
export function strategyOf(analysis: Analysis, label: string): StrategyHeader | undefined {
  return analysis.header.strategies.find((strategy) => strategy.label === label);
}

/** Labels of the strategies for which a test holds, in the order of the run. */
export function labelsWhere(analysis: Analysis, test: (strategy: StrategyHeader) => boolean): string[] {
  return analysis.header.strategies.filter(test).map(({ label }) => label);
}

/** Strategies on threads or processes. */
export function parallelLabels(analysis: Analysis): string[] {
  return labelsWhere(analysis, ({ family }) => family === 'threads' || family === 'processes');
}

/** The calls to workers that were traced at the largest point, warm, fastest strategy first. */
export function tracedPools(analysis: Analysis): Traced[] {
  const parallel = parallelLabels(analysis);
  return tracedOf(headlinePoint(analysis, 'warm')?.cells ?? [])
    .filter(({ cell }) => parallel.includes(cell.strategy))
    .sort((a, b) => a.time.value - b.time.value);
}
