import type { Analysis, PriceRow } from '../../analysis/types.js';
import { accountOf } from '../headline.js';
import { groupNames, largestSizes, mainPrices, rowsOf } from '../prices.js';
import { formatCount, formatTime } from '../units.js';
import { type WinnersTable, winnersTable } from './winners.js';

/** What a terminal shows of a run: who wins in the warm account, or the prices where the strategies are no rivals. */
export function overview(analysis: Analysis): WinnersTable & { readonly title: string } {
  if (analysis.prices?.alone) return { title: 'What it costs', ...pricesOverview(analysis) };
  return {
    title: 'Warm: fresh data into an open session, answer out',
    ...winnersTable(analysis, accountOf(analysis, 'warm')),
  };
}

function pricesOverview(analysis: Analysis): WinnersTable {
  const names = groupNames(analysis);
  // Of events alone there is no size.
  const sizes = largestSizes(analysis);
  const groups = sizes.flatMap((size, group) => (size === undefined ? [] : [{ size, group }]));
  const texts = (row: PriceRow) =>
    mainPrices(row, sizes).map((price) => (price === undefined ? '–' : formatTime(price)));
  const rows = [
    ...rowsOf(analysis, 'number').map(({ name, where, row }) => {
      const prices = texts(row);
      return [name, where, ...groups.map(({ group }) => prices[group]), '–'];
    }),
    ...rowsOf(analysis, 'event').map(({ name, where, row }) => [
      name,
      where,
      ...groups.map(() => '–'),
      ...texts(row),
    ]),
  ];
  const numbers = groups.map(
    ({ size, group }) => `per number of ${formatCount(size)}${names.length > 1 ? `, ${names[group]}` : ''}`,
  );
  return { head: ['what', 'in', ...numbers, 'per event'], rows };
}
