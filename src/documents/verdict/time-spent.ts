import type { Analysis, CellAnalysis } from '../../analysis/types.js';
import { type Block, type Hole, paragraph, type Section, table, text } from '../../document/document.js';
import { figure, figureIf } from '../../document/figure.js';
import { accountOf, cellAt, headlinePoint, measuredCells } from '../lookup.js';
import { samePoint } from '../points.js';
import { placeText } from '../run-words.js';
import { chartBlocks, type VerdictChart } from './charts.js';
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
      ...pathBlocks(analysis, charts),
      ...chartBlocks(charts.filter(({ kind }) => kind === 'path')),
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
