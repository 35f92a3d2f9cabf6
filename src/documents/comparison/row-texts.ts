import { grouped } from '../../analysis/grouped.js';
import type { Compared, Comparison } from '../../compare/types.js';
import { pointKey } from '../../contract/axes.js';
import { quote, type Text, text } from '../../document/document.js';
import { count } from '../../document/figure.js';
import { counted, joinedBy, listed, pointText } from '../../document/words.js';
import { allPoints, changeWords, scenarioPrefix, strategyCode } from './words.js';

/** With fewer strategies one cannot say "all". */
const leastShared = 3;
/** Changes are alike where the largest is so many times the smallest at most, on the log scale. */
const mostSpread = 2;

/** Something that changed, in words, and the first part of the comparison that it is about. */
export interface News {
  readonly about: object;
  readonly words: Text;
}

/** One sentence per strategy and quantity; one per account for all where all strategies of a scenario changed alike. */
export function rowNews(comparison: Comparison, rows: readonly Compared[]): News[] {
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
