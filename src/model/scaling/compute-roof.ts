import { largestOf } from '../../analysis/largest.js';
import { measuredOf } from '../../analysis/rivalry.js';
import type { Table } from '../../analysis/table.js';
import { type Answer, knownFrom, unknown } from './answer.js';
import { raceOf } from './race.js';

/**
 * Share of the computing that its cores can do, where the data lies in place: the best single thread there, times the cores
 * that its workers have, is all of it. What is missing is spent on handing work out, waiting for memory, or for each other.
 */
export function computeShareOf(table: Table, label: string): Answer {
  const resident = measuredOf(table.all('resident'));
  const entry = largestOf(resident.filter(({ strategy }) => strategy.label === label));
  if (entry === undefined) return unknown('no resident time');
  const race = raceOf(table, entry, 'resident');
  if (race === undefined) return unknown('no single thread in place');
  const { ns, singleNs, draws, singleDraws, cores, rounds } = race;
  return knownFrom(
    singleNs / ns / cores,
    draws.map((draw, i) => singleDraws[i] / draw / cores),
    rounds,
    'no share',
  );
}
