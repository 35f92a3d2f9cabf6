import type { Analysis, CellAnalysis } from '../../analysis/types.js';
import {
  type Block,
  code,
  type Hole,
  paragraph,
  type Section,
  table,
  text,
} from '../../document/document.js';
import { figure, figureIf } from '../../document/figure.js';
import { accountOf, cellAt, headlinePoint, measuredCells } from '../lookup.js';
import { samePoint } from '../points.js';
import { placeText } from '../run-words.js';
import { chartBlocks, leadingTimeline, type VerdictChart } from './charts.js';
import { pathBlocks } from './path.js';

/** Where the time of a call goes, from whole calls: what stages take one by one is another amount. */
export function timeSpentSection(analysis: Analysis, charts: readonly VerdictChart[]): Section | undefined {
  const calls = callBlocks(analysis);
  if (calls.length === 0) return undefined;
  return {
    id: 'time-spent',
    title: ['Where the time goes'],
    blocks: [
      ...calls,
      ...chartBlocks(charts.filter(({ kind, name }) => kind === 'timeline' && name !== leadingTimeline)),
      ...slowerTraces(analysis),
      ...pathBlocks(analysis),
    ],
  };
}

/** One call of each strategy at the largest size: its time, the part that is computing, and what the clock does not show. */
function callBlocks(analysis: Analysis): Block[] {
  const cells = measuredCells(headlinePoint(analysis, 'warm'));
  if (cells.length === 0) return [];
  return [
    paragraph(
      text`One call with fresh data, at ${placeText(cells[0])}. What it takes beyond "the same in place" is moving data, new memory for the answers and starting work. A pool whose calls take longer may still be right for a server that must not pause for long.`,
    ),
    table<CellAnalysis>(
      [
        { head: 'strategy', of: ({ strategy }) => strategy },
        { head: 'a call', align: 'right', of: timeText },
        { head: 'the same in place', align: 'right', of: (cell) => timeText(inPlace(analysis, cell)) },
        {
          head: 'processor time, all cores',
          align: 'right',
          of: ({ details }) => figureIf(details, 'cpuNs', 'ns'),
        },
        {
          head: 'longest pause of the main thread',
          align: 'right',
          of: ({ details }) => figureIf(details, 'stallNs', 'ns'),
        },
        { head: 'peak memory', align: 'right', of: ({ details }) => figureIf(details, 'peakBytes', 'bytes') },
      ],
      cells,
    ),
  ];
}

function timeText(cell: CellAnalysis | undefined): Hole {
  return cell?.state.kind === 'measured' ? figure(cell.state, 'time', 'ns') : undefined;
}

function inPlace(analysis: Analysis, { point, strategy }: CellAnalysis): CellAnalysis | undefined {
  const at = accountOf(analysis, 'resident')?.points.find((one) => samePoint(one.point, point));
  return cellAt(at, strategy);
}

/** A traced call that took so many times the mean of the timed ones is said to be another one. */
const worthSaying = 1.1;

/** A picture of a call that was slower than most says so. */
function slowerTraces({ calls }: Analysis): Block[] {
  const slower = calls
    .filter(({ place }) => place === 'largest')
    .flatMap((at) => at.calls.filter(({ callNs, meanNs }) => callNs > worthSaying * meanNs));
  return slower.map((call) =>
    paragraph(
      text`The call of ${code(call.strategy)} that was traced took ${figure(call, 'callNs', 'ns')}; its timed calls take ${figure(call, 'meanNs', 'ns')} in the mean.`,
    ),
  );
}
