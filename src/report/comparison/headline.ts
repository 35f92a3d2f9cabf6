import { grouped } from '../../analysis/grouped.js';
import type { Compared, Comparison } from '../../compare/types.js';
import { formatPoint } from '../axes.js';
import { counted, listed, oneLine } from '../plain-text.js';
import { formatPercent } from '../units.js';
import { changeWords, crossoverText, scenarioPrefix } from './words.js';

/** The first sentence: does anything differ, and is it bad? */
export function headline(comparison: Comparison): string {
  const { verdict, machine } = comparison;
  if (verdict === 'unfit') return `No verdict. ${machine.unfit ?? 'The machine was not fit to judge.'}`;
  const bad = redSentences(comparison);
  if (bad.length > 0) {
    const more = bad.length > 3 ? `; and ${bad.length - 3} more` : '';
    return `Regression: ${bad.slice(0, 3).join('; ')}${more}.`;
  }
  const better = changesOf(comparison, 'faster');
  const worse = changesOf(comparison, 'slower');
  const found = [
    ...(worse.length > 0 ? [`within its limit: ${listed(worse.slice(0, 3))}`] : []),
    ...(better.length > 0 ? [`better: ${listed(better.slice(0, 3))}`] : []),
  ];
  if (found.length > 0) return `No regression; ${found.join('; ')}. ${countsSentence(comparison)}`;
  return `No difference was found. ${countsSentence(comparison)}`;
}

/** Everything that is red, in words, the gravest first. A cell says nothing that its strategy has said already. */
export function redSentences(comparison: Comparison): string[] {
  const { failures, rows, crossovers } = comparison;
  const wrong = failures
    .filter(({ red }) => red)
    .sort((a, b) => Number(b.how === 'wrong') - Number(a.how === 'wrong'))
    .map(({ scenario, strategy, point, how, reason, before }) => {
      const what = { wrong: 'answers wrongly', crashed: 'crashes', limit: 'is over its limit', fixed: '' }[
        how
      ];
      const again = before ? ', as on base' : '';
      return `${scenarioPrefix(comparison, scenario)}\`${strategy}\` ${what}${again} (${formatPoint(point)}: ${oneLine(reason).slice(0, 160)})`;
    });
  const moved = crossovers
    .filter(({ red }) => red)
    .map((change) => `a crossover moved: ${crossoverText(change)}`);
  return [
    ...wrong,
    ...rowSentences(
      comparison,
      rows.filter(({ red }) => red),
    ),
    ...moved,
  ];
}

function changesOf(comparison: Comparison, label: 'slower' | 'faster'): string[] {
  const rows = comparison.rows.filter((row) => row.label === label && !row.red);
  return rowSentences(comparison, rows);
}

/** One sentence per strategy and quantity: its change over all points where that is known, else at the points. */
function rowSentences(comparison: Comparison, rows: readonly Compared[]): string[] {
  const groups = grouped(rows, ({ scenario, strategy, quantity }) =>
    JSON.stringify([scenario, strategy, quantity]),
  );
  return [...groups.values()].map((group) => {
    const whole = group.filter(({ point }) => point === undefined);
    const told = whole.length > 0 ? whole : group;
    const [first] = [...told].sort(
      (a, b) => Math.abs(Math.log(b.ratio.value)) - Math.abs(Math.log(a.ratio.value)),
    );
    const accounts = [...new Set(told.flatMap(({ account }) => account ?? []))];
    const places = new Set(told.map(({ point }) => JSON.stringify(point)));
    const where =
      whole.length > 0
        ? `over all ${first.points} points`
        : places.size === 1 && first.point !== undefined
          ? `at ${formatPoint(first.point)}`
          : `at ${counted(places.size, 'point')}`;
    const most = told.length > 1 ? 'up to ' : '';
    const inAccounts = accounts.length === 0 ? '' : `, ${listed(accounts)}`;
    return `${scenarioPrefix(comparison, first.scenario)}\`${first.strategy}\` ${first.quantity === 'memory' || first.quantity === 'cpu' ? 'takes' : 'is'} ${most}${changeWords(first)} (${where}${inAccounts})`;
  });
}

/** "48 of 54 times are the same within 5 %, 6 are undecided." */
export function countsSentence({ rows, margin }: Comparison): string {
  const times = rows.filter(
    ({ point, quantity }) => point !== undefined && quantity !== 'memory' && quantity !== 'cpu',
  );
  const count = (label: Compared['label']) => times.filter((row) => row.label === label).length;
  const parts = (['slower', 'faster', 'undecided'] as const).flatMap((label) =>
    count(label) === 0 ? [] : [`${count(label)} ${label}`],
  );
  const rest = parts.length === 0 ? '' : `, ${listed(parts)}`;
  return `Of ${counted(times.length, 'time')}, ${count('same')} are the same within ${formatPercent(margin)}${rest}.`;
}
