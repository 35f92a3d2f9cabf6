import { ratioOf } from '../../analysis/estimate.js';
import { fastest, rivalsOf } from '../../analysis/rivalry.js';
import { type accounts, type Entry, tableOf } from '../../analysis/table.js';
import type { CellAnalysis, Label, PointAnalysis } from '../../analysis/types.js';
import type { Results } from '../../results/format.js';
import { listed } from '../plain-text.js';
import { formatRatioEstimate } from '../units.js';

/**
 * The label of a cell's point, and the pairs that it rests on: every other strategy's time over the fastest one's, paired
 * by round. A cell that is shown beside the ranking has the label of its own program.
 */
export function labelLines(
  results: Results,
  account: (typeof accounts)[number],
  point: PointAnalysis,
  { cell, strategy }: Pick<CellAnalysis, 'cell' | 'strategy'>,
): string {
  const table = tableOf(results, 2);
  const beside = point.beside.find(({ cells }) => cells.some((one) => one.cell === cell));
  const label = beside?.label ?? point.label;
  const entries =
    beside === undefined
      ? table.at(account, point.point)
      : (table.beside(account, point.point).get(beside.program) ?? []);
  const top = fastest(entries);
  const pairs =
    top === undefined
      ? []
      : rivalsOf(entries)
          .filter((entry) => entry !== top)
          .map((entry) => pairLine(entry, top, strategy));
  return [
    `At this point ${labelWords(label)}${pairs.length === 0 ? '.' : ', which rests on:'}`,
    ...pairs,
  ].join('\n');
}

function pairLine(rival: Entry, top: Entry, asked: string): string {
  const name = rival.strategy.label === asked ? `**${asked}**` : rival.strategy.label;
  if (rival.state.kind === 'bound') return `- ${name} was over its limit`;
  const ratio = ratioOf(rival.logs, top.logs);
  return `- ${name} takes ${formatRatioEstimate(ratio)} as long as ${top.strategy.label}, in ${ratio.rounds} common rounds`;
}

function labelWords(label: Label): string {
  switch (label.kind) {
    case 'winner':
      return `${label.strategy} wins`;
    case 'same':
      return `${listed(label.strategies)} are the same`;
    case 'undecided':
      return `it is undecided between ${listed(label.strategies)}`;
    case 'nobody':
      return 'nobody wins: there is nothing to compare';
  }
}
