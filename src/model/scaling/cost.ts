import { estimateFromLogDraws } from '../../analysis/estimate.js';
import { measuredOf } from '../../analysis/rivalry.js';
import type { Entry, Table } from '../../analysis/table.js';
import type { Unknown } from './answer.js';
import { alike, raceOf } from './race.js';

/**
 * COST, the Configuration that Outperforms a Single Thread: how many workers it takes to beat the best single-thread
 * strategy (McSherry, Isard, Murray: "Scalability! But at what COST?", HotOS 2015).
 */
export type Cost =
  /** The least measured count that surely wins; `low` is the least that may: one more than the next smaller measured count, which surely did not, or 1. */
  | { readonly kind: 'workers'; readonly workers: number; readonly low: number }
  /** Slower at every measured count. */
  | { readonly kind: 'unbounded'; readonly upTo: number }
  | { readonly kind: 'undecided'; readonly upTo: number }
  | { readonly kind: 'unknown'; readonly because: Unknown };

/** Over the counts of workers that were measured at this point. */
export function costOf(table: Table, { cell, strategy }: Entry): Cost {
  const counts = measuredOf(table.all('warm'))
    .filter((one) => one.strategy.label === strategy.label && alike(one.cell.point, cell.point, 'workers'))
    .flatMap((entry) => {
      const race = raceOf(table, entry);
      if (race === undefined) return [];
      const logs = race.draws.map((ns, i) => Math.log(race.singleDraws[i] / ns));
      const { interval } = estimateFromLogDraws(Math.log(race.singleNs / race.ns), logs, race.rounds);
      return interval === undefined ? [] : [{ workers: race.workers, interval }];
    })
    .sort((a, b) => a.workers - b.workers);
  if (counts.length === 0) return { kind: 'unknown', because: { kind: 'no single thread' } };
  const upTo = counts[counts.length - 1].workers;
  const maybe = counts.findIndex(({ interval }) => interval.high > 1);
  const surely = counts.find(({ interval }) => interval.low > 1);
  if (maybe < 0) return { kind: 'unbounded', upTo };
  if (surely === undefined) return { kind: 'undecided', upTo };
  // A count that was not measured may have won as well.
  const low = maybe === 0 ? 1 : counts[maybe - 1].workers + 1;
  return { kind: 'workers', workers: surely.workers, low };
}
