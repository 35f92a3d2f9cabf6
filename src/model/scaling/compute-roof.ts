import { workersAt } from '../../analysis/cost.js';
import { meanOf } from '../../analysis/estimate.js';
import { singleThread } from '../../analysis/group.js';
import { largestOf } from '../../analysis/largest.js';
import { leastOf } from '../../analysis/resampler.js';
import { fastest, measuredOf } from '../../analysis/rivalry.js';
import type { Table } from '../../analysis/table.js';
import { type Answer, knownFrom, unknown } from './answer.js';
import { alike } from './race.js';

/**
 * Share of the computing that its cores can do, where the data lies in place: the best single thread there, times the cores
 * that its workers have, is all of it. What is missing is spent on handing work out, waiting for memory, or for each other.
 */
export function computeShareOf(table: Table, label: string): Answer {
  const resident = measuredOf(table.all('resident'));
  const entry = largestOf(resident.filter(({ strategy }) => strategy.label === label));
  if (entry === undefined) return unknown('it has no resident time');
  const singles = resident.filter(
    ({ strategy, cell }) => singleThread(strategy) && alike(cell.point, entry.cell.point, 'workers'),
  );
  const best = fastest(singles);
  const draws = table.resampler.draws(entry.logs);
  const singleDraws = leastOf(singles.flatMap(({ logs }) => table.resampler.draws(logs) ?? []));
  if (best === undefined || draws === undefined || singleDraws === undefined)
    return unknown('no single thread was measured beside it in place');
  const [own, single] = [meanOf(entry.logs), meanOf(best.logs)];
  const cores = Math.min(workersAt(table, entry), table.header.host.usableCores);
  return knownFrom(
    Math.exp(single.mean - own.mean) / cores,
    draws.map((log, i) => Math.exp(singleDraws[i] - log) / cores),
    Math.min(own.rounds, single.rounds),
    'no share could be told',
  );
}
