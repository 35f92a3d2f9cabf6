import type { Compared, Comparison, FailureChange, Unfit } from '../../compare/types.js';
import { pointKey } from '../../contract/axes.js';
import { type Hole, quote, sentences, type Text, text } from '../../document/document.js';
import { count, figure } from '../../document/figure.js';
import { counted, joinedBy, listed, pointText } from '../../document/words.js';
import { tool } from '../tool.js';
import { busySentences, stolenSentences } from '../verdict/doubts.js';
import { nothingCompared, partlyCompared } from './coverage.js';
import { type News, rowNews } from './row-texts.js';
import { crossoverText, reasonText, scenarioPrefix, strategyCode } from './words.js';

/** The first sentence: does anything differ, and is it bad? What could not be decided for want of rounds is said, too. */
export function headlineText(comparison: Comparison): Text {
  const { verdict, machine } = comparison;
  if (verdict === 'unfit')
    return text`No verdict. ${machine.unfit === undefined ? 'The machine was not fit to judge.' : unfitText(machine.unfit)}`;
  if (verdict === 'nothing compared') return nothingCompared(comparison);
  return sentences(difference(comparison), partlyCompared(comparison), ...tooFewRounds(comparison));
}

/** Why the machine allows no verdict, and what to do about it. */
function unfitText(unfit: Unfit): Text {
  const inOneJob = 'Measure both sides interleaved, in one job: breakeven compare --base REF.';
  switch (unfit.kind) {
    case 'busy':
      return sentences(...busySentences(unfit.facts, unfit.host));
    case 'stolen':
      return sentences(...stolenSentences(unfit.facts));
    case 'all strategies':
      return text`On head everything was ${figure(unfit, 'factor', 'ratio')} ${unfit.longer ? 'slower' : 'faster'}, all strategies together: that is the machine, not one of them. ${inOneJob}`;
    case 'fixed work':
      return text`A fixed piece of work between the cells took ${figure(unfit, 'factor', 'ratio')} ${unfit.longer ? 'longer' : 'shorter'} on head: the machine was not the same. ${inOneJob}`;
  }
}

/** News beyond so many stand in the list below the headline alone. */
export const mostInHeadline = 3;

function difference(comparison: Comparison): Text {
  const bad = redNews(comparison);
  if (bad.length > 0) {
    const left = bad.slice(mostInHeadline).map(({ about }) => about);
    const more = left.length === 0 ? undefined : text`; and ${count(left)} more`;
    return text`Regression: ${joinedBy(firstOf(bad), '; ')}${more}.`;
  }
  const better = changesOf(comparison, 'faster');
  const worse = changesOf(comparison, 'slower');
  const found = [
    ...(worse.length > 0 ? [text`within its limit: ${listed(firstOf(worse))}`] : []),
    ...(better.length > 0 ? [text`better: ${listed(firstOf(better))}`] : []),
  ];
  if (found.length > 0) return text`No regression; ${joinedBy(found, '; ')}. ${countsText(comparison)}`;
  return text`No difference was found. ${countsText(comparison)}`;
}

function firstOf(news: readonly News[]): Text[] {
  return news.slice(0, mostInHeadline).map(({ words }) => words);
}

/** A sentence per scenario that has no time with an interval: "no difference" would be no finding there. */
function tooFewRounds({ scenarios, rows }: Comparison): Hole[] {
  return scenarios.map((scenario) => {
    const times = rows.filter(
      (row) =>
        row.scenario === scenario.id && (row.quantity === 'time' || row.quantity === 'ratio to for-loop'),
    );
    const [most] = times.map(({ ratio }) => ratio).sort((a, b) => b.rounds - a.rounds);
    if (most === undefined || times.some(({ ratio }) => ratio.interval !== undefined)) return undefined;
    const rounds = counted(figure(most, 'rounds', 'whole'), 'round');
    return text`Nothing is decided about ${quote(scenario, 'id')}: it was measured in ${rounds}, and ${figure(tool, 'leastRounds', 'whole')} are the least; give it more time.`;
  });
}

/** Everything that is red, in words, the gravest first. A cell says nothing that its strategy has said already. */
export function allRed(comparison: Comparison): News[] {
  return inWords(comparison, redRows(comparison));
}

/** The same for a reader, who needs not hear that what takes longer takes more CPU time, too. */
export function redNews(comparison: Comparison): News[] {
  return inWords(comparison, withoutEchoes(redRows(comparison)));
}

function redRows({ rows }: Comparison): Compared[] {
  return rows.filter(({ red }) => red);
}

function inWords(comparison: Comparison, red: readonly Compared[]): News[] {
  const { failures, crossovers } = comparison;
  const wrong = failures
    .filter(({ red }) => red)
    .sort((a, b) => Number(b.how === 'wrong') - Number(a.how === 'wrong'))
    .map((failure): News => {
      const again = failure.before ? ', as on base' : '';
      return {
        about: failure,
        words: text`${scenarioPrefix(comparison, failure)}${strategyCode(failure)} ${failureWords[failure.how]}${again} (${pointText(failure.point)}: ${reasonText(failure)})`,
      };
    });
  const moved = crossovers
    .filter(({ red }) => red)
    .map((change): News => ({ about: change, words: text`a crossover moved: ${crossoverText(change)}` }));
  return [...wrong, ...rowNews(comparison, red), ...moved];
}

/** What became of a cell on head. */
export const failureWords: Readonly<Record<FailureChange['how'], string>> = {
  wrong: 'answers wrongly',
  crashed: 'crashes',
  limit: 'is over its limit',
  refused: 'could not run',
  fixed: 'has an answer again',
};

/** What takes longer takes more CPU time, too: where it does, that says nothing new. */
function withoutEchoes(rows: readonly Compared[]): Compared[] {
  const keyOf = ({ scenario, strategy, account, point }: Compared) =>
    JSON.stringify([scenario, strategy, account, point && pointKey(point)]);
  const slower = new Set(rows.filter(({ quantity }) => quantity === 'time').map(keyOf));
  return rows.filter((row) => row.quantity !== 'cpu' || !slower.has(keyOf(row)));
}

function changesOf(comparison: Comparison, label: 'slower' | 'faster'): News[] {
  const rows = comparison.rows.filter((row) => row.label === label && !row.red);
  return rowNews(comparison, withoutEchoes(rows));
}

/** "Of 54 times, 48 are the same within 5 %, and 6 undecided." */
function countsText(comparison: Comparison): Text {
  const times = comparison.rows.filter(
    ({ point, quantity }) => point !== undefined && quantity !== 'memory' && quantity !== 'cpu',
  );
  const having = (label: Compared['label']) => times.filter((row) => row.label === label);
  const parts = (['slower', 'faster', 'undecided'] as const).flatMap((label) =>
    having(label).length === 0 ? [] : [text`${count(having(label))} ${label}`],
  );
  const rest = parts.length === 0 ? undefined : text`, ${listed(parts)}`;
  return text`Of ${counted(count(times), 'time')}, ${count(having('same'))} are the same within ${figure(comparison, 'margin', 'share')}${rest}.`;
}
