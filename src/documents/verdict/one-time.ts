import type { PointDecision } from '../../analysis/decision.js';
import type { Analysis, BreakEven } from '../../analysis/types.js';
import { type Block, type Hole, heading, paragraph, type Section, table } from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { strategyOf } from '../lookup.js';
import { samePoint } from '../points.js';
import { findSituation } from './decision.js';
import { placeColumns, sortPoints } from './sizes.js';

/** A one-time cost at a point: what it is, and after how many uses it is repaid. */
type Row = PointDecision & { readonly cost: BreakEven };

/** What is paid once: by size, since one number for all sizes would be wrong for most. */
export function oneTimeSection(analysis: Analysis): Section | undefined {
  const starting = rowsOf(analysis, 'opening', 'server', ({ pool }) => pool?.strategy);
  const packing = rowsOf(analysis, 'packing', 'same data', ({ use }) => use);
  if (starting.length + packing.length === 0) return undefined;
  return {
    id: 'one-time',
    title: ['What is paid once'],
    blocks: [
      ...blocksOf(
        starting,
        'Starting a pool',
        'The best pool of each size. A pool that is slower per call never repays its start.',
        'repaid after',
      ),
      ...blocksOf(
        packing,
        'Bringing the data there once',
        'For many passes over the same data: packing it or sending it, and fetching the answers at the end.',
        'repaid after',
      ),
    ],
  };
}

function rowsOf(
  analysis: Analysis,
  kind: BreakEven['kind'],
  situation: 'server' | 'same data',
  memberOf: (point: PointDecision) => string | undefined,
): Row[] {
  const points = findSituation(analysis.decision, situation)?.points ?? [];
  return points.flatMap((point) => {
    const strategy = memberOf(point);
    if (strategy === undefined) return [];
    // Opening is a cost where something has to be started; elsewhere it is the time of a function call.
    if (kind === 'opening' && strategyOf(analysis, strategy)?.parallel !== true) return [];
    const cost = analysis.breakEven.find(
      (one) => one.kind === kind && one.strategy === strategy && samePoint(one.point, point.point),
    );
    return cost === undefined ? [] : [{ ...point, cost }];
  });
}

function blocksOf(rows: readonly Row[], title: string, what: string, head: string): Block[] {
  if (rows.length === 0) return [];
  return [
    heading(title),
    paragraph(what),
    table<Row>(
      [
        ...placeColumns(rows),
        { head: 'strategy', of: ({ cost }) => cost.strategy },
        { head: 'costs once', align: 'right', of: ({ cost }) => figure(cost, 'costNs', 'ns') },
        { head: 'against', of: ({ cost }) => cost.against },
        { head, align: 'right', of: usesText },
      ],
      sortPoints(rows),
    ),
  ];
}

function usesText({ cost }: Row): Hole {
  const { uses, costNs } = cost;
  switch (uses.kind) {
    case 'after':
      return figure(uses, 'uses', cost.kind === 'opening' ? 'runs' : 'passes');
    case 'never':
      return 'never';
    case 'undecided':
      return costNs.interval === undefined ? 'open: too few rounds' : 'open';
  }
}
