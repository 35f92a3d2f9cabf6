import type { Analysis, BreakEven, PhysicalCost } from '../../analysis/types.js';
import { formatPoint, samePoint } from '../axes.js';
import type { ReportChart } from '../charts/charts.js';
import { headlinePoint, measuredCells, placeOf, strategyOf } from '../headline.js';
import { table } from '../plain-text.js';
import { noted, told } from '../pointers/note.js';
import { formatBytes, formatNs, formatRatio, formatTime } from '../units.js';
import { embedded } from './embedded.js';
import { pathSection } from './path.js';
import { useNoun, usesWords } from './uses-words.js';

/** Where the time goes, in physical terms: moving, computing, starting; and when one-time costs are paid back. */
export function losersSection(analysis: Analysis, charts: readonly ReportChart[]): string {
  return [
    "## Where the losers' time goes",
    ...costs(analysis),
    ...embedded(charts.filter(({ kind }) => kind === 'phases')),
    ...pathSection(analysis, charts),
    ...sideCosts(analysis),
    '### When one-time costs are paid back',
    breakEvens(analysis),
  ].join('\n\n');
}

function costs(analysis: Analysis): string[] {
  if (analysis.costs.length === 0)
    return ['No strategy was measured at a point with numbers, so there is no cost per number.'];
  const rows = analysis.costs.map((cost) => [
    cost.strategy,
    formatPoint(cost.point),
    movingWords(analysis, cost),
    told(cost, 'computingNsPerElement', formatNs, 'not known'),
    told(cost, 'openMs', (ms) => formatNs(ms * 1e6)),
  ]);
  const head = [
    'strategy',
    'at its largest point',
    'moving a number there and back',
    'computing it',
    'starting',
  ];
  const sentences = analysis.costs.flatMap((cost) => costSentence(analysis, cost));
  return [table(head, rows), ...(sentences.length === 0 ? [] : [sentences.join('\n')])];
}

/** What stays in its thread and in its form is not moved: its place and collect only touch fresh memory. */
function movingWords(analysis: Analysis, cost: PhysicalCost): string {
  const family = strategyOf(analysis, cost.strategy)?.family;
  if (family === 'serial' || family === 'concurrent') return 'does not move it';
  return told(cost, 'movingNsPerElement', formatNs, 'not known');
}

/** Said of strategies that send data to workers: how much of their time is transport. */
function costSentence(analysis: Analysis, cost: PhysicalCost): string[] {
  const { strategy, movingNsPerElement, computingNsPerElement } = cost;
  const family = strategyOf(analysis, strategy)?.family;
  if (family !== 'threads' && family !== 'processes') return [];
  if (movingNsPerElement === undefined || computingNsPerElement === undefined || computingNsPerElement <= 0)
    return [];
  const [moving, computing] = [ofCost('movingNsPerElement'), ofCost('computingNsPerElement')];
  const each = `sending a number there and back costs ${noted(formatNs(movingNsPerElement, 2), moving)}, computing it ${noted(formatNs(computingNsPerElement, 2), computing)}`;
  const ratio = movingNsPerElement / computingNsPerElement;
  const times = noted(formatRatio(ratio), { kind: 'quotient', from: [moving, computing] });
  return ratio >= 1
    ? [`- \`${strategy}\`: ${each}: ${times} as long on the way as at work.`]
    : [`- \`${strategy}\`: ${each}: most of the time is work, and work can be shared.`];

  function ofCost(name: keyof PhysicalCost) {
    return { kind: 'field', from: cost, name } as const;
  }
}

/** What the clock on the wall does not show: processor time, stalls of the main thread, memory. */
function sideCosts(analysis: Analysis): string[] {
  const point = headlinePoint(analysis, 'warm');
  const cells = measuredCells(point);
  if (point === undefined || cells.length === 0) return [];
  const rows = cells.map(({ strategy, state, details }) => [
    strategy,
    state.kind === 'measured' ? formatTime(state.time) : '–',
    told(details, 'cpuNs', formatNs),
    told(details, 'stallNs', formatNs),
    told(details, 'peakBytes', formatBytes),
  ]);
  return [
    `Beside the clock, warm, at ${placeOf(cells[0])} (a slower strategy may still be right for a server if it keeps the main thread free):`,
    table(['strategy', 'time', 'processor time, all cores', 'main thread blocked for', 'peak memory'], rows),
  ];
}

function breakEvens(analysis: Analysis): string {
  if (analysis.breakEven.length === 0) return 'Nothing here has a one-time cost that could be compared.';
  return tellable(analysis)
    .map((one) => `- ${breakEvenSentence(one, isPool(analysis, one.strategy))}`)
    .join('\n');
}

/** One per strategy and kind: at the largest point where it is known there. */
function tellable(analysis: Analysis): BreakEven[] {
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
export function breakEvenSentence(one: BreakEven, sends = false): string {
  const noun = useNoun(one);
  const what =
    one.kind === 'opening'
      ? `Starting and stopping \`${one.strategy}\` (${formatTime(one.costNs)})`
      : sends
        ? `Sending the data to \`${one.strategy}\` once and fetching the answers (${formatTime(one.costNs)})`
        : `Packing for \`${one.strategy}\` and unpacking once (${formatTime(one.costNs)})`;
  const where = ` (${formatPoint(one.point)})`;
  const each = noun === 'run' ? 'a run' : 'a pass over the data';
  switch (one.uses.kind) {
    case 'after':
      return `${what} has paid for itself after ${usesWords(one.uses.uses, noun)}: each saves ${told(one.gainNs, 'value', formatNs)} against \`${one.against}\`${where}.`;
    case 'never':
      return `${what} never pays for itself: ${each} takes ${told(one.gainNs, 'value', (ns) => formatNs(-ns))} longer than with \`${one.against}\`${where}.`;
    case 'undecided':
      return `${what}: undecided, because it is not sure that ${each} saves anything against \`${one.against}\`${where}.`;
  }
}
