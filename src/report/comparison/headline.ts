import { leastRounds } from '../../analysis/estimate.js';
import type { Compared, Comparison } from '../../compare/types.js';
import { formatPoint } from '../axes.js';
import { counted, listed, oneLine } from '../plain-text.js';
import { formatPercent } from '../units.js';
import { nothingCompared, partlyCompared } from './coverage.js';
import { rowSentences } from './row-sentences.js';
import { crossoverText, scenarioPrefix } from './words.js';

/** The first sentence: does anything differ, and is it bad? What could not be decided for want of rounds is said, too. */
export function headline(comparison: Comparison): string {
  const { verdict, machine } = comparison;
  if (verdict === 'unfit') return `No verdict. ${machine.unfit ?? 'The machine was not fit to judge.'}`;
  if (verdict === 'nothing compared') return nothingCompared(comparison);
  return [difference(comparison), ...partlyCompared(comparison), ...tooFewRounds(comparison)].join(' ');
}

function difference(comparison: Comparison): string {
  const bad = redNews(comparison);
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

/** A sentence per scenario that has no time with an interval: "no difference" would be no finding there. */
function tooFewRounds({ scenarios, rows }: Comparison): string[] {
  return scenarios.flatMap(({ id }) => {
    const times = rows.filter(
      ({ scenario, quantity }) =>
        scenario === id && (quantity === 'time' || quantity === 'ratio to for-loop'),
    );
    if (times.length === 0 || times.some(({ ratio }) => ratio.interval !== undefined)) return [];
    const rounds = Math.max(...times.map(({ ratio }) => ratio.rounds));
    return [
      `Nothing is decided about ${id}: it was measured in ${counted(rounds, 'round')}, and ${leastRounds} are the least; give it more time.`,
    ];
  });
}

/** Everything that is red, in words, the gravest first. A cell says nothing that its strategy has said already. */
export function redSentences(comparison: Comparison): string[] {
  return inWords(comparison, redRows(comparison));
}

/** The same for a reader, who is not told that what takes longer takes more CPU time, too. */
export function redNews(comparison: Comparison): string[] {
  return inWords(comparison, withoutEchoes(redRows(comparison)));
}

function redRows({ rows }: Comparison): Compared[] {
  return rows.filter(({ red }) => red);
}

function inWords(comparison: Comparison, red: readonly Compared[]): string[] {
  const { failures, crossovers } = comparison;
  const wrong = failures
    .filter(({ red }) => red)
    .sort((a, b) => Number(b.how === 'wrong') - Number(a.how === 'wrong'))
    .map(({ scenario, strategy, point, how, reason, before }) => {
      const what = {
        wrong: 'answers wrongly',
        crashed: 'crashes',
        limit: 'is over its limit',
        refused: 'could not run',
        fixed: '',
      }[how];
      const again = before ? ', as on base' : '';
      return `${scenarioPrefix(comparison, scenario)}\`${strategy}\` ${what}${again} (${formatPoint(point)}: ${oneLine(reason).slice(0, 160)})`;
    });
  const moved = crossovers
    .filter(({ red }) => red)
    .map((change) => `a crossover moved: ${crossoverText(change)}`);
  return [...wrong, ...rowSentences(comparison, red), ...moved];
}

/** What takes longer takes more CPU time, too: where it does, that says nothing new. */
function withoutEchoes(rows: readonly Compared[]): Compared[] {
  const keyOf = ({ scenario, strategy, account, point }: Compared) =>
    JSON.stringify([scenario, strategy, account, point]);
  const slower = new Set(rows.filter(({ quantity }) => quantity === 'time').map(keyOf));
  return rows.filter((row) => row.quantity !== 'cpu' || !slower.has(keyOf(row)));
}

function changesOf(comparison: Comparison, label: 'slower' | 'faster'): string[] {
  const rows = comparison.rows.filter((row) => row.label === label && !row.red);
  return rowSentences(comparison, withoutEchoes(rows));
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
