import { baselineLabel } from '../../analysis/group.js';
import type { AccountAnalysis, Analysis, BesideAnalysis, CellAnalysis } from '../../analysis/types.js';
import {
  type Block,
  type Column,
  paragraph,
  type Section,
  sentences,
  type Text,
  table,
  text,
} from '../../document/document.js';
import { figure, figureIf } from '../../document/figure.js';
import { capitalWord, listed } from '../../document/words.js';
import { allCells, headlinePoint, programOfLabel } from '../lookup.js';
import { placeText } from '../run-words.js';

/** What programs in other languages take for the same work: a ruler beside the ranking. Nothing where there are none. */
export function besideSection(analysis: Analysis): Section | undefined {
  const labels = analysis.header.strategies
    .filter(({ family }) => family === 'external')
    .map(({ label }) => label);
  const point = headlinePoint(analysis, 'warm');
  if (labels.length === 0 || point === undefined) return undefined;
  const accounts = analysis.accounts.filter((account) =>
    labels.some((label) => measuredCell(analysis, account, label)),
  );
  if (accounts.length === 0) return undefined;
  const baseline = baselineLabel(analysis.header);
  const rows = [...(baseline === undefined ? [] : [baseline]), ...labels].filter((label) =>
    accounts.some((account) => measuredCell(analysis, account, label)),
  );
  return {
    id: 'beside',
    title: ['Beside it, in other languages'],
    blocks: [
      paragraph(
        text`At ${placeText(point.cells[0])}. Where the data starts in the program, nobody pays for bringing it from Node, nor for starting the interpreter or reading the input: such a strategy is a ruler, is timed by its own clock, and wins nothing above. Where it starts in Node, packing, writing and reading back are paid for, and it is ranked with the others.`,
      ),
      table<string>(
        [
          { head: 'strategy', of: (label) => label },
          { head: 'its data starts in', of: (label) => programOfLabel(analysis, label) ?? 'Node' },
          ...accounts.flatMap((account) => accountColumns(analysis, account)),
        ],
        rows,
      ),
      ...winnersAmong(point.beside),
    ],
  };
}

/** The cell of a strategy at the largest point, where it has a time. */
function measuredCell(
  analysis: Analysis,
  { account }: AccountAnalysis,
  label: string,
): CellAnalysis | undefined {
  const cells = allCells(headlinePoint(analysis, account));
  return cells.find(({ strategy, state }) => strategy === label && state.kind === 'measured');
}

function accountColumns(analysis: Analysis, account: AccountAnalysis): Column<string>[] {
  const cellOf = (label: string) => measuredCell(analysis, account, label);
  return [
    {
      head: `${account.account}: time`,
      align: 'right',
      of: (label) => {
        const state = cellOf(label)?.state;
        return state?.kind === 'measured' ? figure(state, 'time', 'ns') : undefined;
      },
    },
    {
      head: "ratio to Node's for-loop",
      align: 'right',
      of: (label) => {
        const cell = cellOf(label);
        return cell === undefined || label === baselineLabel(analysis.header)
          ? undefined
          : figureIf(cell, 'ratioToForLoop', 'ratio');
      },
    },
  ];
}

/** Who is fastest among a program's own, in the warm account at the largest point. */
function winnersAmong(groups: readonly BesideAnalysis[]): Block[] {
  const words = sentences(...groups.map(groupText));
  return words.length === 0 ? [] : [paragraph(words)];
}

function groupText({ program, label }: BesideAnalysis): Text | undefined {
  const among = `Among ${capitalWord(program)}'s own, warm`;
  switch (label.kind) {
    case 'winner':
      return text`${among}: ${label.strategy} is the fastest, ${figure(label, 'lead', 'ratio')} the next.`;
    case 'same':
      return text`${among}: ${listed(label.strategies)} are the same.`;
    case 'undecided':
      return text`${among}: undecided between ${listed(label.strategies)}.`;
    case 'nobody':
      return undefined;
  }
}
