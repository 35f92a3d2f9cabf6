import type { Analysis, BreakEven, PhysicalCost } from '../../analysis/types.js';
import {
  type Block,
  code,
  type Hole,
  heading,
  list,
  paragraph,
  type Section,
  type Text,
  table,
  text,
} from '../../document/document.js';
import { figure, figureIf, quotient } from '../../document/figure.js';
import { pointText } from '../../document/words.js';
import { headlinePoint, measuredCells, strategyOf } from '../lookup.js';
import { samePoint } from '../points.js';
import { placeText } from '../run-words.js';
import { chartBlocks, type VerdictChart } from './charts.js';
import { pathBlocks } from './path.js';

/** Where the time goes, in physical terms: moving, computing, starting; and when one-time costs are paid back. */
export function losersSection(analysis: Analysis, charts: readonly VerdictChart[]): Section {
  return {
    id: 'losers',
    title: ["Where the losers' time goes"],
    blocks: [
      ...costBlocks(analysis),
      ...chartBlocks(charts.filter(({ kind }) => kind === 'phases')),
      ...pathBlocks(analysis, charts),
      ...sideCosts(analysis),
      heading('When one-time costs are paid back'),
      ...breakEvenBlocks(analysis),
    ],
  };
}

function costBlocks(analysis: Analysis): Block[] {
  if (analysis.costs.length === 0)
    return [paragraph('No strategy was measured at a point with numbers, so there is no cost per number.')];
  return [
    table<PhysicalCost>(
      [
        { head: 'strategy', of: ({ strategy }) => strategy },
        { head: 'at its largest point', of: ({ point }) => pointText(point) },
        { head: 'moving a number there and back', align: 'right', of: (cost) => movingText(analysis, cost) },
        {
          head: 'computing it',
          align: 'right',
          of: (cost) => figureIf(cost, 'computingNsPerElement', 'ns') ?? 'not known',
        },
        { head: 'starting', align: 'right', of: (cost) => figureIf(cost, 'openMs', 'ms') },
      ],
      analysis.costs,
    ),
    ...list(analysis.costs.flatMap((cost) => costText(analysis, cost) ?? [])),
  ];
}

/** What stays in its thread and in its form is not moved: its place and collect only touch fresh memory. */
function movingText(analysis: Analysis, cost: PhysicalCost): Hole {
  const family = strategyOf(analysis, cost.strategy)?.family;
  if (family === 'serial' || family === 'concurrent') return 'does not move it';
  return figureIf(cost, 'movingNsPerElement', 'ns') ?? 'not known';
}

/** Said of strategies that send data to workers: how much of their time is transport. */
function costText(analysis: Analysis, cost: PhysicalCost): Text[] | undefined {
  const { strategy, movingNsPerElement, computingNsPerElement } = cost;
  const family = strategyOf(analysis, strategy)?.family;
  if (family !== 'threads' && family !== 'processes') return undefined;
  if (movingNsPerElement === undefined || computingNsPerElement === undefined || computingNsPerElement <= 0)
    return undefined;
  const moving = figure(cost, 'movingNsPerElement', 'ns', { digits: 2 });
  const computing = figure(cost, 'computingNsPerElement', 'ns', { digits: 2 });
  const each = text`${code(strategy)}: sending a number there and back costs ${moving}, computing it ${computing}`;
  return movingNsPerElement >= computingNsPerElement
    ? [text`${each}: ${quotient([moving, computing], 'ratio')} as long on the way as at work.`]
    : [text`${each}: most of the time is work, and work can be shared.`];
}

/** What the clock on the wall does not show: processor time, stalls of the main thread, memory. */
function sideCosts(analysis: Analysis): Block[] {
  const cells = measuredCells(headlinePoint(analysis, 'warm'));
  if (cells.length === 0) return [];
  return [
    paragraph(
      text`Beside the clock, warm, at ${placeText(cells[0])} (a slower strategy may still be right for a server if it keeps the main thread free):`,
    ),
    table<(typeof cells)[number]>(
      [
        { head: 'strategy', of: ({ strategy }) => strategy },
        {
          head: 'time',
          align: 'right',
          of: ({ state }) => (state.kind === 'measured' ? figure(state, 'time', 'ns') : undefined),
        },
        {
          head: 'processor time, all cores',
          align: 'right',
          of: ({ details }) => figureIf(details, 'cpuNs', 'ns'),
        },
        {
          head: 'main thread blocked for',
          align: 'right',
          of: ({ details }) => figureIf(details, 'stallNs', 'ns'),
        },
        { head: 'peak memory', align: 'right', of: ({ details }) => figureIf(details, 'peakBytes', 'bytes') },
      ],
      cells,
    ),
  ];
}

function breakEvenBlocks(analysis: Analysis): Block[] {
  if (analysis.breakEven.length === 0)
    return [paragraph('Nothing here has a one-time cost that could be compared.')];
  return list(selectBreakEvens(analysis).map((one) => breakEvenText(one, isPool(analysis, one.strategy))));
}

/** One per strategy and kind: at the largest point where it is known there. */
function selectBreakEvens(analysis: Analysis): BreakEven[] {
  const point = headlinePoint(analysis, 'warm')?.point ?? {};
  // Opening is a cost where something has to be started; elsewhere it is the time of a function call.
  const worthTelling = analysis.breakEven.filter(
    ({ kind, strategy }) => kind === 'packing' || isPool(analysis, strategy),
  );
  const sorted = worthTelling.sort(
    (a, b) => Number(samePoint(b.point, point)) - Number(samePoint(a.point, point)),
  );
  const first = sorted.filter(
    (one, index) =>
      sorted.findIndex(({ kind, strategy }) => kind === one.kind && strategy === one.strategy) === index,
  );
  return [
    ...first.filter(({ kind }) => kind === 'opening'),
    ...first.filter(({ kind }) => kind === 'packing'),
  ];
}

function isPool(analysis: Analysis, strategy: string): boolean {
  return strategyOf(analysis, strategy)?.parallel === true;
}

/** "Starting worker-threads (35 ms) has paid for itself after 12 runs [10, 14] …", or why it never does. */
export function breakEvenText(one: BreakEven, sends = false): Text {
  const { uses } = one;
  const what = text`${oneTimeText(one, sends)} (${figure(one, 'costNs', 'ns')})`;
  const against = text`against ${code(one.against)} (${pointText(one.point)})`;
  const each = one.kind === 'opening' ? 'a run' : 'a pass over the data';
  switch (uses.kind) {
    case 'after': {
      const times = figure(uses, 'uses', one.kind === 'opening' ? 'runs' : 'passes');
      return text`${what} has paid for itself after ${times}: each saves ${figure(one.gainNs, 'value', 'ns')} ${against}.`;
    }
    case 'never': {
      const longer = figure(one.gainNs, 'value', 'ns', { unsigned: true });
      return text`${what} never pays for itself: ${each} takes ${longer} longer than with ${code(one.against)} (${pointText(one.point)}).`;
    }
    case 'undecided':
      return text`${what}: undecided, because it is not sure that ${each} saves anything ${against}.`;
  }
}

function oneTimeText({ kind, strategy }: BreakEven, sends: boolean): Text {
  if (kind === 'opening') return text`Starting and stopping ${code(strategy)}`;
  return sends
    ? text`Sending the data to ${code(strategy)} once and fetching the answers`
    : text`Packing for ${code(strategy)} and unpacking once`;
}
