import { grouped } from '../../analysis/grouped.js';
import type { Compared, Comparison, FailureChange, Unfit } from '../../compare/types.js';
import { pointKey } from '../../contract/axes.js';
import { type Hole, quote, sentences, type Text, text } from '../../document/document.js';
import { count, figure } from '../../document/figure.js';
import { counted, joinedBy, listed, pointText } from '../../document/words.js';
import { tool } from '../tool.js';
import { busySentences, stolenSentences } from '../verdict/doubts.js';
import { nothingCompared, partlyCompared } from './coverage.js';
import { allPoints, changeWords, crossoverText, reasonText, scenarioPrefix, strategyCode } from './words.js';

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

/** With fewer strategies one cannot say "all". */
const leastShared = 3;
/** Changes are alike where the largest is so many times the smallest at most, on the log scale. */
const mostSpread = 2;

/** Something that changed, in words, and the first part of the comparison that it is about. */
interface News {
  readonly about: object;
  readonly words: Text;
}

/** One sentence per strategy and quantity; one per account for all where all strategies of a scenario changed alike. */
function rowNews(comparison: Comparison, rows: readonly Compared[]): News[] {
  const groups = grouped(rows, ({ scenario, quantity }) => JSON.stringify([scenario, quantity]));
  return [...groups.values()].flatMap((group) => {
    const shared = sharedPlaces(comparison, group);
    const own = group.filter((row) => !shared.some(([first]) => isCoveredBy(first, row)));
    return [
      ...[...grouped(shared, ([{ account }]) => account).values()].map((places) =>
        sharedNews(comparison, places),
      ),
      ...[...grouped(own, ({ strategy }) => strategy).values()].map((one) => strategyNews(comparison, one)),
    ];
  });
}

/** The rows of each place (account and point) where every strategy that was asked there changed, and alike. */
function sharedPlaces(comparison: Comparison, group: readonly Compared[]): Compared[][] {
  const [{ scenario, quantity }] = group;
  const asked = comparison.rows.filter((row) => row.scenario === scenario && row.quantity === quantity);
  const askedAt = grouped(asked, placeOf);
  const places = [...grouped(group, placeOf)].flatMap(([place, rows]) =>
    rows.length >= leastShared && rows.length === askedAt.get(place)?.length && areAlike(rows) ? [rows] : [],
  );
  return places.filter(
    ([row]) => row.point === undefined || !places.some(([other]) => other !== row && isCoveredBy(other, row)),
  );
}

function placeOf({ account, point }: Compared): string {
  return JSON.stringify([account, point && pointKey(point)]);
}

/** What is said of all points of an account is not said of each of them again. */
function isCoveredBy(shared: Compared, row: Compared): boolean {
  return shared.point === undefined ? shared.account === row.account : placeOf(shared) === placeOf(row);
}

function areAlike(rows: readonly Compared[]): boolean {
  const up = rows[0].ratio.value > 1;
  const sizes = rows.map(sizeOf);
  return (
    rows.every(({ ratio }) => ratio.value > 1 === up) && Math.max(...sizes) <= mostSpread * Math.min(...sizes)
  );
}

function sharedNews(comparison: Comparison, places: readonly (readonly Compared[])[]): News {
  const sorted = places.flat().sort((a, b) => sizeOf(a) - sizeOf(b));
  const [least, most] = [sorted[0], sorted[sorted.length - 1]];
  const [smallest, largest] = [least, most].map((row) => text`${strategyCode(row)} ${changeWords(row)}`);
  const where = joinedBy([...(least.account === undefined ? [] : [least.account]), whereOf(sorted)], ', ');
  const forLoop =
    most.quantity === 'ratio to for-loop'
      ? `, or for-loop became ${most.ratio.value > 1 ? 'faster' : 'slower'}`
      : '';
  return {
    about: most,
    words: text`${scenarioPrefix(comparison, most)}all ${count(places[0])} strategies changed alike (${where}), from ${smallest} to ${largest}: look at what they share, like the kernel${forLoop}`,
  };
}

/** Its change over all points where that is known, else at the points. */
function strategyNews(comparison: Comparison, rows: readonly Compared[]): News {
  const whole = rows.filter(({ point }) => point === undefined);
  const named = whole.length > 0 ? whole : rows;
  const [first] = [...named].sort((a, b) => sizeOf(b) - sizeOf(a));
  const accounts = [...new Set(named.flatMap(({ account }) => account ?? []))];
  const most = named.length > 1 ? 'up to ' : '';
  const at = [
    ...(comparison.scenarios.length > 1 ? [text`scenario ${quote(first, 'scenario')}`] : []),
    whereOf(named),
    ...(accounts.length === 0 ? [] : [listed(accounts)]),
  ];
  const verb = first.quantity === 'memory' || first.quantity === 'cpu' ? 'takes' : 'is';
  return {
    about: first,
    words: text`${strategyCode(first)} ${verb} ${most}${changeWords(first)} (${joinedBy(at, ', ')})`,
  };
}

/** "over both points", "at 8 keys, lists of 2k", "at 2 points". */
function whereOf(rows: readonly Compared[]): Text {
  const [first] = rows;
  if (first.point === undefined) return text`over ${allPoints(first)}`;
  const places = [...grouped(rows, ({ point = {} }) => pointKey(point)).values()].map(([row]) => row);
  return places.length === 1
    ? text`at ${pointText(first.point)}`
    : text`at ${counted(count(places), 'point')}`;
}

function sizeOf({ ratio }: Compared): number {
  return Math.abs(Math.log(ratio.value));
}
