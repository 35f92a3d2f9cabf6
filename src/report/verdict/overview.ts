import type { Analysis } from '../../analysis/types.js';
import { accountOf } from '../headline.js';
import { groupNames, mainPrice, rowsOf } from '../prices.js';
import { formatTime } from '../units.js';
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
      const prices = (row.event === undefined ? row.figures : [row.event]).map((each) =>
        mainPrice(each, per),
      );
      const texts = prices.map((price) => (price === undefined ? '–' : formatTime(price)));
      const blanks = groups.map(() => '–');
      return [name, where, ...(per === 'number' ? [...texts, '–'] : [...blanks, ...texts])];
    }),
  );
  const numbers = groups.map((name) => (groups.length > 1 ? `per number, ${name}` : 'per number'));
  return { head: ['what', 'in', ...numbers, 'per event'], rows };
}
