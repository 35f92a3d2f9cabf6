import type { AccountAnalysis, Analysis, CellAnalysis, PointAnalysis } from '../../analysis/types.js';
import { axisTitle, commonPart, formatAxisValue, formatPoint, varyingAxes } from '../axes.js';
import type { ReportChart } from '../charts/charts.js';
import { cellAt, fastestOf, measuredCells, parallelLabels, placeOf } from '../headline.js';
import { capital, lineOf, listed, table } from '../plain-text.js';
import { constant } from '../pointers/constants.js';
import { told } from '../pointers/note.js';
import { formatPercent, formatRatioEstimate, formatTime } from '../units.js';
import { accountLines } from '../wording.js';
import { bandWords } from './band-words.js';
import { embedded } from './embedded.js';

/** Who wins where: the strategies, the accounts, a table per account, and the charts that show it. */
export function winnersSection(analysis: Analysis, charts: readonly ReportChart[]): string {
  return [
    '## Who wins where',
    'What was compared:',
    analysis.header.strategies
      .map((strategy) => `- \`${strategy.label}\`: ${lineOf(strategy, 'title')}`)
      .join('\n'),
    `What you pay for decides who wins, so there are three accounts, never mixed:`,
    analysis.accounts.map(({ account }) => `- **${account}**: ${accountLines[account]}`).join('\n'),
    'Speed-up is always against the best single-thread strategy of the same point and account; "N× the for-loop" is the ' +
      `for-loop's time over the strategy's. Figures in brackets are ${constant('level of intervals')} intervals. "Same" means within ${told(analysis.header, 'margin', formatPercent)}.`,
    ...analysis.accounts.flatMap((account) => [
      `### ${capital(account.account)}`,
      winnersMarkdown(analysis, account),
      ...bandWords(analysis, account),
      ...embedded(
        charts.filter(
          (chart) =>
            chart.account === account.account && chart.kind !== 'phases' && chart.kind !== 'speed-up',
        ),
      ),
    ]),
    ...embedded(charts.filter(({ account, kind }) => account === undefined && kind === 'time')),
  ].join('\n\n');
}

/** Head and rows as plain text. */
export interface WinnersTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table of an account as Markdown, with what all of its points share. */
export function winnersMarkdown(analysis: Analysis, account: AccountAnalysis): string {
  const { head, rows } = winnersTable(analysis, account);
  if (rows.length === 0) return 'Nothing was measured in this account.';
  const places = measuredPoints(account).map(({ point }) => point);
  const common = {
    ...(varyingAxes(places).length > 0 ? commonPart(places) : {}),
    ...analysis.header.defaults,
  };
  const everywhere = Object.keys(common).length > 0;
  return `${table(head, rows)}${everywhere ? `\n\nEverywhere: ${formatPoint(common)}.` : ''}`;
}

/** One row per point: time of the for-loop, who is fastest and by how much, and what the best pool achieves. */
export function winnersTable(analysis: Analysis, account: AccountAnalysis | undefined): WinnersTable {
  const points = account === undefined ? [] : measuredPoints(account);
  const axes = varyingAxes(points.map(({ point }) => point));
  const pools = parallelLabels(analysis);
  const poolColumn = points.some((point) => fastestOf(point, pools) !== undefined);
  const place = ({ point, cells }: PointAnalysis) =>
    axes.length === 0
      ? [placeOf(cells[0])]
      : axes.map((axis) =>
          axis in point
            ? formatAxisValue(axis, point[axis], { kind: 'axis', axis, value: point[axis], point })
            : '–',
        );
  return {
    head: [
      ...(axes.length === 0 ? ['point'] : axes.map(axisTitle)),
      'for-loop',
      'fastest',
      'its time',
      'ratio to for-loop',
      ...(poolColumn ? ['best of threads and processes'] : []),
    ],
    rows: points.map((point) => [
      ...place(point),
      timeText(cellAt(point, 'for-loop')),
      winnerText(point),
      timeText(front(point)),
      ratioText(front(point)),
      ...(poolColumn ? [poolText(fastestOf(point, pools))] : []),
    ]),
  };
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
function front(point: PointAnalysis): CellAnalysis | undefined {
  const { label } = point;
  return label.kind === 'winner' ? cellAt(point, label.strategy) : measuredCells(point)[0];
}

function winnerText(point: PointAnalysis): string {
  const { label } = point;
  switch (label.kind) {
    case 'winner':
      return label.strategy;
    case 'same':
      return `the same: ${listed(label.strategies)}`;
    case 'undecided':
      return `undecided: ${listed(label.strategies, 'or')}`;
    case 'nobody':
      return 'nobody: nothing to compare';
  }
}

function timeText(cell: CellAnalysis | undefined): string {
  if (cell === undefined) return '–';
  const { state } = cell;
  if (state.kind === 'measured') return formatTime(state.time);
  return state.kind === 'bound' ? 'over its limit' : state.kind;
}

function ratioText(cell: CellAnalysis | undefined): string {
  if (cell?.strategy === 'for-loop' || cell?.ratioToForLoop === undefined) return '–';
  return formatRatioEstimate(cell.ratioToForLoop);
}

function poolText(cell: CellAnalysis | undefined): string {
  if (cell === undefined) return '–';
  const speedUp =
    cell.speedUp === undefined ? 'no speed-up known' : `speed-up ${formatRatioEstimate(cell.speedUp)}`;
  return `${cell.strategy}: ${speedUp}`;
}
