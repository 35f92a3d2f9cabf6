import { singleThread } from '../../analysis/group.js';
import { levelOf } from '../../analysis/level.js';
import { leastOf } from '../../analysis/resampler.js';
import { competing, fastest, measuredOf } from '../../analysis/rivalry.js';
import type { Entry, Table } from '../../analysis/table.js';
import { workersAt } from '../../analysis/workers.js';
import type { Account, Point } from '../../contract/scenario.js';

/** A pool against the best single thread at one point: both times, and draws of both that belong together. */
export interface Race {
  readonly entry: Entry;
  readonly workers: number;
  /** What they can really run on at once. */
  readonly cores: number;
  /** Label of the fastest single-thread strategy. */
  readonly against: string;
  readonly ns: number;
  readonly singleNs: number;
  readonly draws: Float64Array;
  /** The best single-thread strategy chosen again in each draw. */
  readonly singleDraws: Float64Array;
  readonly rounds: number;
}

/** Undefined where no single-thread strategy was measured, or one of the two in a single round only. */
export function raceOf(table: Table, entry: Entry, account: Account = 'warm'): Race | undefined {
  const singles = singlesAt(table, account, entry.cell.point);
  const best = fastest(singles);
  const draws = table.resampler.levelDraws(entry);
  const singleDraws = leastOf(singles.flatMap((one) => table.resampler.levelDraws(one) ?? []));
  if (best === undefined || draws === undefined || singleDraws === undefined) return undefined;
  const [own, single] = [levelOf(entry), levelOf(best)];
  const workers = workersAt(table, entry);
  return {
    entry,
    workers,
    cores: Math.min(workers, table.header.host.usableCores),
    against: best.strategy.label,
    ns: Math.exp(own.mean),
    singleNs: Math.exp(single.mean),
    draws: draws.map(Math.exp),
    singleDraws: singleDraws.map(Math.exp),
    rounds: Math.min(own.rounds, single.rounds),
  };
}

/** One thread does not care how many workers there are: its times at any count count. */
function singlesAt(table: Table, account: Account, point: Point): Entry[] {
  const here = measuredOf(competing(table.at(account, point))).filter(({ strategy }) =>
    singleThread(strategy),
  );
  if (here.length > 0) return here;
  return measuredOf(table.all(account)).filter(
    ({ strategy, cell }) => singleThread(strategy) && alike(cell.point, point, 'workers'),
  );
}

/** Equal but for one axis. */
export function alike(a: Point, b: Point, but: string): boolean {
  const axes = new Set([...Object.keys(a), ...Object.keys(b)]);
  axes.delete(but);
  return [...axes].every((axis) => a[axis] === b[axis]);
}
