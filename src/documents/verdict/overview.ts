import type { Analysis } from '../../analysis/types.js';
import type { Table } from '../../document/document.js';
import { accountOf } from '../lookup.js';
import { pricesOverview } from './prices.js';
import { winnersTable } from './winners.js';

/** What a terminal shows of a run: a table and its title. */
export interface Overview {
  readonly title: string;
  readonly table: Table;
}

/** Who wins in the warm account, or the prices where the strategies are no rivals. */
export function overview(analysis: Analysis): Overview {
  if (analysis.prices?.alone) return { title: 'What it costs', table: pricesOverview(analysis) };
  return {
    title: 'Warm: fresh data into an open session, answer out',
    table: winnersTable(analysis, accountOf(analysis, 'warm')),
  };
}
