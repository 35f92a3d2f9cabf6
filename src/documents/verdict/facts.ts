import type { Analysis, BreakEven, CellAnalysis, PhysicalCost, PointAnalysis } from '../../analysis/types.js';
import type { Account } from '../../contract/scenario.js';
import {
  accountOf,
  cellAt,
  fastestOf,
  headlinePoint,
  labelsWhere,
  parallelLabels,
  timeNs,
} from '../lookup.js';
import { samePoint } from '../points.js';
import { type Conclusion, conclude } from './conclusion.js';

/** What the answer is composed from: decisions over the whole sweep, figures at its largest point. */
export interface Facts {
  readonly parallel: Readonly<Record<'one-shot' | 'warm', Conclusion>>;
  /** Vectorized strategies against the for-loop, in the warm and the resident account. */
  readonly vectorizing: Readonly<Record<'warm' | 'resident', Conclusion>>;
  /** Fastest of a kind at the largest point. */
  readonly bestParallel?: CellAnalysis;
  readonly bestVectorized?: CellAnalysis;
  readonly residentVectorized?: CellAnalysis;
  readonly singleThread?: string;
}

/** Strategies that work on packed numbers, on a single thread. */
export function vectorizedLabels(analysis: Analysis): string[] {
  return labelsWhere(analysis, ({ family }) => family === 'vectorized');
}

/** Gathers the facts. */
export function factsOf(analysis: Analysis): Facts {
  const parallel = parallelLabels(analysis);
  const vectorized = vectorizedLabels(analysis);
  const warm = headlinePoint(analysis, 'warm');
  const against = (account: Account, labels: readonly string[], question: 'parallel' | 'vectorizing') =>
    question === 'parallel'
      ? conclude(analysis, accountOf(analysis, account), 'parallel against best single-thread', labels)
      : conclude(analysis, accountOf(analysis, account), 'single-thread against for-loop', labels);
  return {
    parallel: {
      'one-shot': against('one-shot', parallel, 'parallel'),
      warm: against('warm', parallel, 'parallel'),
    },
    vectorizing: {
      warm: against('warm', vectorized, 'vectorizing'),
      resident: against('resident', vectorized, 'vectorizing'),
    },
    bestParallel: simplest(warm, parallel, analysis.header.margin),
    bestVectorized: fastestOf(warm, vectorized),
    residentVectorized: fastestOf(headlinePoint(analysis, 'resident'), vectorized),
    singleThread: warm?.bestSingleThread,
  };
}

/** The first of the run's order among those that are within the margin of the fastest. */
function simplest(
  point: PointAnalysis | undefined,
  labels: readonly string[],
  margin: number,
): CellAnalysis | undefined {
  const fastest = fastestOf(point, labels);
  const near = labels.map((label) => cellAt(point, label));
  return near.find((cell) => timeNs(cell) <= timeNs(fastest) * (1 + margin)) ?? fastest;
}

/** What a number costs a strategy at its largest point. */
export function costOf(analysis: Analysis, strategy: string | undefined): PhysicalCost | undefined {
  return analysis.costs.find((cost) => cost.strategy === strategy);
}

/** The break-even of a strategy at a cell's point. */
export function breakEvenOf(
  analysis: Analysis,
  kind: BreakEven['kind'],
  cell: CellAnalysis | undefined,
): BreakEven | undefined {
  if (cell === undefined) return undefined;
  return analysis.breakEven.find(
    (one) => one.kind === kind && one.strategy === cell.strategy && samePoint(one.point, cell.point),
  );
}

/** The same strategy and point in another account. */
export function inAccount(
  analysis: Analysis,
  account: Account,
  cell: CellAnalysis | undefined,
): CellAnalysis | undefined {
  if (cell === undefined) return undefined;
  const point = accountOf(analysis, account)?.points.find((one) => samePoint(one.point, cell.point));
  return cellAt(point, cell.strategy);
}
