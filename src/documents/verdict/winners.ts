import { baselineLabel } from '../../analysis/group.js';
import type { AccountAnalysis, Analysis, CellAnalysis, PointAnalysis } from '../../analysis/types.js';
import { axisTitle } from '../../document/axes.js';
import {
  type Block,
  type Column,
  code,
  type Hole,
  heading,
  list,
  paragraph,
  quote,
  type Section,
  strong,
  type Table,
  type Text,
  table,
  text,
} from '../../document/document.js';
import { coordinate, figure, figureIf } from '../../document/figure.js';
import { capitalWord, joinedBy, pointText } from '../../document/words.js';
import { cellAt, fastestOf, measuredCells, parallelLabels } from '../lookup.js';
import { commonPart, varyingAxes } from '../points.js';
import { accountLines, placeText } from '../run-words.js';
import { tool } from '../tool.js';
import { bandBlocks } from './bands.js';
import { chartBlocks, type VerdictChart } from './charts.js';
import { labelText } from './labels.js';

/** Who wins where: the strategies, the accounts, a table per account, and the charts that show it. */
export function winnersSection(analysis: Analysis, charts: readonly VerdictChart[]): Section {
  const level = figure(tool, 'levelOfIntervals', 'level');
  return {
    id: 'winners',
    title: ['Who wins where'],
    blocks: [
      paragraph('What was compared:'),
      ...list(analysis.header.strategies.map((one) => text`${code(one.label)}: ${quote(one, 'title')}`)),
      paragraph('What you pay for decides who wins, so there are three accounts, never mixed:'),
      ...list(analysis.accounts.map(({ account }) => text`${strong(account)}: ${accountLines[account]}`)),
      paragraph(
        text`Speed-up is always against the best single-thread strategy of the same point and account; "N× the for-loop" is the for-loop's time over the strategy's. Figures in brackets are ${level} intervals. "Same" means within ${figure(analysis.header, 'margin', 'share')}.`,
      ),
      ...analysis.accounts.flatMap((account) => accountBlocks(analysis, account, charts)),
      ...chartBlocks(charts.filter(({ account, kind }) => account === undefined && kind === 'time')),
    ],
  };
}

function accountBlocks(
  analysis: Analysis,
  account: AccountAnalysis,
  charts: readonly VerdictChart[],
): Block[] {
  const shown = charts.filter(({ kind }) => kind !== 'phases' && kind !== 'speed-up');
  return [
    heading(capitalWord(account.account)),
    ...winnersBlocks(analysis, account),
    ...bandBlocks(analysis, account),
    ...chartBlocks(shown.filter((chart) => chart.account === account.account)),
  ];
}

/** The table of an account, with what all of its points share. */
export function winnersBlocks(analysis: Analysis, account: AccountAnalysis): Block[] {
  const points = measuredPoints(account);
  if (points.length === 0) return [paragraph('Nothing was measured in this account.')];
  const shared = sharedText(
    analysis,
    points.map(({ point }) => point),
  );
  return [
    winnersTable(analysis, account),
    ...(shared === undefined ? [] : [paragraph(text`Everywhere: ${shared}.`)]),
  ];
}

/** What all points have in common, in the tables' words; a default of the run goes before a value of a point. */
function sharedText(analysis: Analysis, points: readonly PointAnalysis['point'][]): Text | undefined {
  const { defaults } = analysis.header;
  const common = varyingAxes(points).length > 0 ? Object.keys(commonPart(points)) : [];
  const axes = [...new Set([...common, ...Object.keys(defaults)])];
  if (axes.length === 0) return undefined;
  return joinedBy(
    axes.map((axis) => pointText(axis in defaults ? defaults : points[0], [axis])),
    ', ',
  );
}

/** One row per point: time of the for-loop, who is fastest and by how much, and what the best pool achieves. */
export function winnersTable(analysis: Analysis, account: AccountAnalysis | undefined): Table {
  const points = account === undefined ? [] : measuredPoints(account);
  const pools = parallelLabels(analysis);
  const baseline = baselineLabel(analysis.header) ?? 'plain loop';
  const hasPool = points.some((point) => fastestOf(point, pools) !== undefined);
  return table<PointAnalysis>(
    [
      ...placeColumns(points),
      { head: baseline, align: 'right', of: (point) => timeText(cellAt(point, baseline)) },
      { head: 'fastest', of: ({ label }) => labelText(label) },
      { head: 'its time', align: 'right', of: (point) => timeText(frontCell(point)) },
      { head: 'ratio to for-loop', align: 'right', of: (point) => ratioText(frontCell(point), baseline) },
      hasPool
        ? { head: 'best of threads and processes', of: (point) => poolText(fastestOf(point, pools)) }
        : undefined,
    ],
    points,
  );
}

/** The axes on which the points differ; of a single point, where it lies. */
function placeColumns(points: readonly PointAnalysis[]): Column<PointAnalysis>[] {
  const axes = varyingAxes(points.map(({ point }) => point));
  if (axes.length === 0) return [{ head: 'point', of: ({ cells }) => placeText(cells[0]) }];
  return axes.map((axis) => ({
    head: axisTitle(axis),
    align: 'right',
    of: ({ point }) => (axis in point ? coordinate(point, axis) : undefined),
  }));
}

/** Points with a time, in the order of their axes. */
function measuredPoints(account: AccountAnalysis): PointAnalysis[] {
  const points = account.points.filter((point) => measuredCells(point).length > 0);
  const axes = varyingAxes(points.map(({ point }) => point));
  return [...points].sort((a, b) => {
    for (const axis of axes) {
      const [left, right] = [a.point[axis], b.point[axis]];
      if (typeof left === 'number' && typeof right === 'number' && left !== right) return left - right;
    }
    return 0;
  });
}

/** The cell whose figures stand in the row: the winner, or the fastest where there is none. */
function frontCell(point: PointAnalysis): CellAnalysis | undefined {
  const { label } = point;
  return label.kind === 'winner' ? cellAt(point, label.strategy) : measuredCells(point)[0];
}

function timeText(cell: CellAnalysis | undefined): Hole {
  if (cell === undefined) return undefined;
  const { state } = cell;
  if (state.kind === 'measured') return figure(state, 'time', 'ns');
  return state.kind === 'bound' ? 'over its limit' : state.kind;
}

function ratioText(cell: CellAnalysis | undefined, baseline: string): Hole {
  return cell === undefined || cell.strategy === baseline
    ? undefined
    : figureIf(cell, 'ratioToForLoop', 'ratio');
}

function poolText(cell: CellAnalysis | undefined): Hole {
  if (cell === undefined) return undefined;
  const speedUp = figureIf(cell, 'speedUp', 'ratio');
  return text`${cell.strategy}: ${speedUp === undefined ? 'no speed-up known' : text`speed-up ${speedUp}`}`;
}
