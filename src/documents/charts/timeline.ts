import type { CallPart, CallsAtPoint, StrategyCall } from '../../analysis/calls.js';
import type { Analysis } from '../../analysis/types.js';
import type { TimelineChart, TimelineGroup, TimelinePart } from '../../document/chart.js';
import { plainList, plainText, pointText } from '../../document/words.js';
import { caption, chartTitle, subtitle } from './frame.js';

const parts: Readonly<Record<CallPart, TimelinePart>> = {
  pack: 'pack',
  serialise: 'serialise',
  transfer: 'transfer',
  deserialise: 'deserialise',
  compute: 'compute',
  wait: 'wait',
  merge: 'merge',
  gc: 'gc',
  blocked: 'idle',
  answers: 'new memory',
};

/** More lanes than these nobody tells apart: of more workers the first are shown. */
const mostWorkers = 4;

/** Who does what, when, in one call of each strategy: all of them on one scale of time. */
export function timelineChart(analysis: Analysis, at: CallsAtPoint): TimelineChart {
  const where = plainText(pointText(at.point));
  const split = at.calls.some(({ kind }) => kind === 'split');
  return {
    kind: 'timeline',
    title: chartTitle(analysis, 'who does what, and when?'),
    subtitle: subtitle(analysis, 'warm', where),
    caption: caption(
      'One call with fresh data each, all on one scale of time.',
      split ? 'Single threads: of the mean call, computing is what the same takes on data in place.' : '',
      at.without.length === 0 ? '' : `No call was traced of ${plainList(at.without)}.`,
      at.calls.some(({ lanes }) => lanes.length > 1 + mostWorkers)
        ? `Of more workers the first ${mostWorkers} are shown.`
        : '',
    ),
    groups: [...at.calls].sort((a, b) => a.callNs - b.callNs).map(groupOf),
  };
}

function groupOf({ strategy, callNs, lanes }: StrategyCall): TimelineGroup {
  return {
    name: strategy,
    endNs: callNs,
    lanes: lanes
      .filter(({ thread }) => thread === 'main' || thread <= mostWorkers)
      .map(({ thread, spans }) => ({
        name: thread === 'main' ? 'main thread' : `worker ${thread}`,
        spans: spans.map(([part, from, to]) => ({ from, to, part: parts[part] })),
      })),
  };
}
