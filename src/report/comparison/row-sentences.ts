import { grouped } from '../../analysis/grouped.js';
import type { Compared, Comparison } from '../../compare/types.js';
import { formatPoint } from '../axes.js';
import { counted, listed } from '../plain-text.js';
import { allPoints, changeWords, scenarioPrefix } from './words.js';

/** With fewer strategies one cannot say "all". */
const leastShared = 3;
/** Changes are alike where the largest is so many times the smallest at most, on the log scale. */
const mostSpread = 2;

/** One sentence per strategy and quantity; one per account for all where all strategies of a scenario changed alike. */
export function rowSentences(comparison: Comparison, rows: readonly Compared[]): string[] {
  const groups = grouped(rows, ({ scenario, quantity }) => JSON.stringify([scenario, quantity]));
  return [...groups.values()].flatMap((group) => {
    const shared = sharedPlaces(comparison, group);
    const own = group.filter((row) => !shared.some(([first]) => isToldBy(first, row)));
    return [
      ...[...grouped(shared, ([{ account }]) => account).values()].map((places) =>
        sharedSentence(comparison, places),
      ),
      ...[...grouped(own, ({ strategy }) => strategy).values()].map((one) =>
        strategySentence(comparison, one),
      ),
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
    ([row]) => row.point === undefined || !places.some(([other]) => other !== row && isToldBy(other, row)),
  );
}

function placeOf({ account, point }: Compared): string {
  return JSON.stringify([account, point]);
}

/** What is said of all points of an account is not said of each of them again. */
function isToldBy(shared: Compared, row: Compared): boolean {
  return shared.point === undefined ? shared.account === row.account : placeOf(shared) === placeOf(row);
}

function areAlike(rows: readonly Compared[]): boolean {
  const up = rows[0].ratio.value > 1;
  const sizes = rows.map(sizeOf);
  return (
    rows.every(({ ratio }) => ratio.value > 1 === up) && Math.max(...sizes) <= mostSpread * Math.min(...sizes)
  );
}

function sharedSentence(comparison: Comparison, places: readonly (readonly Compared[])[]): string {
  const sorted = places.flat().sort((a, b) => sizeOf(a) - sizeOf(b));
  const [least, most] = [sorted[0], sorted[sorted.length - 1]];
  const [smallest, largest] = [least, most].map((row) => `\`${row.strategy}\` ${changeWords(row)}`);
  const where = [least.account ?? [], whereOf(sorted)].flat().join(', ');
  const forLoop =
    most.quantity === 'ratio to for-loop'
      ? `, or for-loop became ${most.ratio.value > 1 ? 'faster' : 'slower'}`
      : '';
  return `${scenarioPrefix(comparison, most.scenario)}all ${places[0].length} strategies changed alike (${where}), from ${smallest} to ${largest}: look at what they share, like the kernel${forLoop}`;
}

/** Its change over all points where that is known, else at the points. */
function strategySentence(comparison: Comparison, rows: readonly Compared[]): string {
  const whole = rows.filter(({ point }) => point === undefined);
  const told = whole.length > 0 ? whole : rows;
  const [first] = [...told].sort((a, b) => sizeOf(b) - sizeOf(a));
  const accounts = [...new Set(told.flatMap(({ account }) => account ?? []))];
  const most = told.length > 1 ? 'up to ' : '';
  const at = [
    ...(comparison.scenarios.length > 1 ? [`scenario ${first.scenario}`] : []),
    whereOf(told),
    ...(accounts.length === 0 ? [] : [listed(accounts)]),
  ];
  const verb = first.quantity === 'memory' || first.quantity === 'cpu' ? 'takes' : 'is';
  return `\`${first.strategy}\` ${verb} ${most}${changeWords(first)} (${at.join(', ')})`;
}

/** "over both points", "at 8 keys, lists of 2k", "at 2 points". */
function whereOf(told: readonly Compared[]): string {
  const [{ point, points }] = told;
  if (point === undefined) return `over ${allPoints(points)}`;
  const places = new Set(told.map((row) => JSON.stringify(row.point)));
  return places.size === 1 ? `at ${formatPoint(point)}` : `at ${counted(places.size, 'point')}`;
}

function sizeOf({ ratio }: Compared): number {
  return Math.abs(Math.log(ratio.value));
}
