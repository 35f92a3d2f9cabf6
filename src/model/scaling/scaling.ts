import { parallel } from '../../analysis/group.js';
import { largestOf } from '../../analysis/largest.js';
import { measuredOf } from '../../analysis/rivalry.js';
import { type Entry, startsInNode, type Table, tableOf } from '../../analysis/table.js';
import type { Point } from '../../contract/scenario.js';
import type { Results } from '../../results/format.js';
import { workOption } from '../observation.js';
import type { AccountModel } from '../profile.js';
import type { Answer } from './answer.js';
import { type Ceiling, ceilingOf } from './ceiling.js';
import { computeShareOf } from './compute-roof.js';
import { type Cost, costOf } from './cost.js';
import { type Metg, metgsOf } from './metg.js';
import { alike, type Race, raceOf } from './race.js';
import { type Bandwidth, roofOf } from './roof.js';
import { type WorkNeeded, workNeeded } from './work-needed.js';

/** How far workers can carry one strategy, in the warm account, at its largest point. */
export interface Scaling {
  readonly strategy: string;
  readonly point: Point;
  readonly workers: number;
  /** Label of the best single-thread strategy there. */
  readonly against: string;
  readonly cost: Cost;
  readonly workNeeded: WorkNeeded;
  /** What it is now on one thread, ns. */
  readonly workNow: { readonly perElementNs: number; readonly perListNs: number };
  readonly ceiling: Ceiling;
  /** One for each size of the data at which the work per list was swept; empty where it was not. */
  readonly metg: readonly Metg[];
  readonly roof: Answer;
  /** Share of what its cores can compute, in place. */
  readonly compute: Answer;
  /** What `roof` is a share of, and the run it was measured in; absent where none was named. */
  readonly bandwidth?: Bandwidth;
}

/** The figures of each pool, in the order of the run. Nothing where items wait: there is no work to share. */
export function scalingOf(
  results: Results,
  models: readonly AccountModel[],
  { bandwidth, draws = 2000 }: { readonly bandwidth?: Bandwidth; readonly draws?: number } = {},
): Scaling[] {
  const { header } = results;
  if (header.scenario.kernel.kind === 'wait') return [];
  const table = tableOf(results, draws);
  const option = workOption(header);
  const warm = models.find(({ account }) => account === 'warm')?.models ?? [];
  return header.strategies.filter(parallel).flatMap(({ label }) => {
    const own = measuredOf(table.all('warm')).filter(
      (one) => startsInNode(one) && one.strategy.label === label,
    );
    const entry = largestOf(own);
    const race = entry === undefined ? undefined : raceOf(table, entry);
    if (entry === undefined || race === undefined) return [];
    const { point, keys, elements } = entry.cell;
    return [
      {
        strategy: label,
        point,
        workers: race.workers,
        against: race.against,
        cost: costOf(table, entry),
        workNeeded: workNeeded(nearestTie(table, own, race, option) ?? race),
        workNow: { perElementNs: race.singleNs / elements, perListNs: race.singleNs / keys },
        ceiling: ceilingOf(
          table,
          race,
          warm.find(({ strategy }) => strategy === label),
        ),
        metg: metgsOf(table, label, option),
        roof: roofOf(table, label, bandwidth),
        compute: computeShareOf(table, label),
        ...(bandwidth === undefined ? {} : { bandwidth }),
      },
    ];
  });
}

/**
 * Where the work was swept, the amount at which the two are closest: what a pool pays besides its share of the work is a
 * small difference of large times where there is much of it.
 */
function nearestTie(
  table: Table,
  own: readonly Entry[],
  largest: Race,
  option: string | undefined,
): Race | undefined {
  if (option === undefined) return undefined;
  const apart = ({ ns, singleNs }: Race) => Math.abs(Math.log(ns / singleNs));
  return own
    .filter(({ cell }) => alike(cell.point, largest.entry.cell.point, option))
    .flatMap((entry) => raceOf(table, entry) ?? [])
    .sort((a, b) => apart(a) - apart(b))[0];
}
