import type { Analysis } from '../../analysis/types.js';
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
  const groups = groupNames(analysis);
  const rows = (['number', 'event'] as const).flatMap((per) =>
    rowsOf(analysis, per).map(({ name, where, row }) => {
      const prices = mainPrices(analysis, row);
      const texts = prices.map((price) => (price === undefined ? '–' : formatTime(price)));
      const blanks = groups.map(() => '–');
      return [name, where, ...(per === 'number' ? [...texts, '–'] : [...blanks, ...texts])];
    }),
  );
  const sizes = largestSizes(analysis);
  const numbers = groups.map(
    (name, group) => `per number of ${formatCount(sizes[group])}${groups.length > 1 ? `, ${name}` : ''}`,
  );
  return { head: ['what', 'in', ...numbers, 'per event'], rows };
}
