import type { AccountAnalysis, Analysis, BesideAnalysis, CellAnalysis } from '../../analysis/types.js';
import { accountOf, allCells, headlinePoint, placeOf, programOfLabel, strategyOf } from '../headline.js';
import { capital, listed, table } from '../plain-text.js';
import { formatRatioEstimate, formatTime } from '../units.js';

/** What programs in other languages take for the same work: a ruler beside the ranking. Empty where there are none. */
export function besideSection(analysis: Analysis): string[] {
  const labels = analysis.header.strategies
    .filter(({ family }) => family === 'external')
    .map(({ label }) => label);
  const point = headlinePoint(analysis, 'warm');
  if (labels.length === 0 || point === undefined) return [];
  const accounts = analysis.accounts.filter((account) =>
    labels.some((label) => measured(analysis, account, label)),
  );
  if (accounts.length === 0) return [];
  const rows = ['for-loop', ...labels]
    .filter((label) => accounts.some((account) => measured(analysis, account, label)))
    .map((label) => [
      label,
      programOfLabel(analysis, label) ?? 'Node',
      ...accounts.flatMap((account) => figures(measured(analysis, account, label), label)),
    ]);
  const head = [
    'strategy',
    'its data starts in',
    ...accounts.flatMap(({ account }) => [`${account}: time`, "ratio to Node's for-loop"]),
  ];
  return [
    [
      '## Beside it, in other languages',
      `At ${placeOf(point.cells[0])}. Where the data starts in the program, nobody pays for bringing it from Node, nor for starting the interpreter or reading the input: such a strategy is a ruler, is timed by its own clock, and wins nothing above. Where it starts in Node, packing, writing and reading back are paid for, and it is ranked with the others.`,
      table(head, rows),
      ...winnersAmong(analysis),
    ].join('\n\n'),
  ];
}

/** The cell of a strategy at the largest point, where it has a time. */
function measured(analysis: Analysis, { account }: AccountAnalysis, label: string): CellAnalysis | undefined {
  const cells = allCells(headlinePoint(analysis, account));
  return cells.find(({ strategy, state }) => strategy === label && state.kind === 'measured');
}

function figures(cell: CellAnalysis | undefined, label: string): [string, string] {
  if (cell?.state.kind !== 'measured') return ['–', '–'];
  const ratio = cell.ratioToForLoop;
  return [
    formatTime(cell.state.time),
    label === 'for-loop' || ratio === undefined ? '–' : formatRatioEstimate(ratio),
  ];
}

/** Who is fastest among a program's own, in the warm account at the largest point. */
function winnersAmong(analysis: Analysis): string[] {
  const point = headlinePoint(analysis, 'warm');
  const account = accountOf(analysis, 'warm');
  if (point === undefined || account === undefined) return [];
  const sentences = point.beside.flatMap((group) => sentenceOf(analysis, group));
  return sentences.length === 0 ? [] : [sentences.join(' ')];
}

function sentenceOf(analysis: Analysis, { program, label }: BesideAnalysis): string[] {
  const among = `among ${capital(program)}'s own, warm`;
  const name = (one: string) => strategyOf(analysis, one)?.label ?? one;
  switch (label.kind) {
    case 'winner':
      return [
        `${capital(among)}: ${name(label.strategy)} is the fastest, ${formatRatioEstimate(label.lead)} the next.`,
      ];
    case 'same':
      return [`${capital(among)}: ${listed(label.strategies.map(name))} are the same.`];
    case 'undecided':
      return [`${capital(among)}: undecided between ${listed(label.strategies.map(name))}.`];
    case 'nobody':
      return [];
  }
}
