import { meanOf, percentileInterval } from '../../analysis/estimate.js';
import { parallel } from '../../analysis/group.js';
import { largestOf, measuredOf } from '../../analysis/rivalry.js';
import { type Entry, logsOf, startsInNode, type Table, tableOf } from '../../analysis/table.js';
import type { Estimate } from '../../analysis/types.js';
import { type Shape, termValue } from '../../choose/choose.js';
import type { Point } from '../../contract/scenario.js';
import type { Results } from '../../results/format.js';
import { workOption } from '../observation.js';
import type { AccountModel } from '../profile.js';
import type { StrategyModel } from '../strategy-model.js';
import { type Answer, knownFrom, unknown } from './answer.js';
import { type Cost, costOf } from './cost.js';
import { type Metg, metgsOf } from './metg.js';
import { alike, type Race, raceOf } from './race.js';
import { type Bandwidth, computeShareOf, roofOf } from './roof.js';

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

/** How much single-thread work a dictionary of this shape would need for the pool to be as fast, ns. */
interface WorkNeeded {
  readonly perElementNs: Answer;
  readonly perListNs: Answer;
}

/**
 * With T₁ on one thread and p cores the pool takes o + T₁/p, so that o = T_p − T₁/p is what it pays besides its share of
 * the work, and both are equal at T₁* = o · p / (p − 1). Assumed: work is shared evenly, and o stays what it is here.
 */
function workNeeded({ entry, cores, ns, singleNs, draws, singleDraws, rounds }: Race): WorkNeeded {
  const { keys, elements } = entry.cell;
  if (cores < 1.5) {
    const answer = unknown('one core');
    return { perElementNs: answer, perListNs: answer };
  }
  const needed = (pool: number, single: number) => ((pool - single / cores) * cores) / (cores - 1);
  const all = draws.map((pool, i) => needed(pool, singleDraws[i]));
  const per = (count: number): Answer => {
    if (count === 0) return unknown('nothing there');
    const answer = knownFrom(
      needed(ns, singleNs) / count,
      all.map((one) => one / count),
      rounds,
      'not finite',
    );
    const low = answer.kind === 'known' ? (answer.estimate.interval?.low ?? 0) : 1;
    return low > 0 ? answer : unknown('no cost');
  };
  return { perElementNs: per(elements), perListNs: per(keys) };
}

/** Speed-up over the best single thread that no number of workers can pass. */
interface Ceiling {
  readonly answer: Answer;
  /** `formula`: what workers do not share, fitted over three counts of them. `stall`: one uninterrupted stretch of the main thread; the true ceiling lies lower. */
  readonly from: 'formula' | 'stall';
}

/** w / c_main: the best single thread's time over what the main thread does alone, however many workers there are. */
function ceilingOf(table: Table, race: Race, model: StrategyModel | undefined): Ceiling {
  const unshared = model === undefined ? undefined : unsharedNs(model, race);
  if (unshared !== undefined) return { answer: overUnshared(race, unshared), from: 'formula' };
  return { answer: overStall(table, race), from: 'stall' };
}

/** What the formula says that workers do not share, ns; undefined where fewer than three counts of workers were fitted. */
function unsharedNs(
  { verdict, coefficients, observations }: StrategyModel,
  { entry, rounds }: Race,
): Estimate | undefined {
  const fits = verdict === 'fits' || verdict === 'fits in two regimes';
  const shared = coefficients.some(({ coefficient }) => coefficient.kind.startsWith('shared'));
  const shape = observations.find(({ point }) => point === entry.cell.point)?.shape;
  if (!fits || !shared || shape === undefined) return undefined;
  const own = coefficients.filter(
    ({ coefficient: { kind } }) => !kind.startsWith('shared') && kind !== 'worker',
  );
  const sum = (of: (one: (typeof own)[number]) => number, at: Shape) =>
    own.reduce((total, one) => total + of(one) * termValue(one.coefficient, at), 0);
  const interval = {
    low: sum(({ coefficient, interval: range }) => range?.low ?? coefficient.ns, shape),
    high: sum(({ coefficient, interval: range }) => range?.high ?? coefficient.ns, shape),
  };
  return { value: sum(({ coefficient }) => coefficient.ns, shape), interval, rounds };
}

function overUnshared({ singleNs, singleDraws, rounds }: Race, { value, interval }: Estimate): Answer {
  if (interval === undefined || interval.low <= 0) return unknown('nothing unshared');
  const single = percentileInterval(singleDraws);
  return {
    kind: 'known',
    estimate: {
      value: singleNs / value,
      // Both ends at once: wider than 95 %, since nobody knows how the two errors go together.
      interval: { low: single.low / interval.high, high: single.high / interval.low },
      rounds,
    },
  };
}

/** A main thread that is blocked as long as the call takes does a worker's part: its stall is no limit. */
const takesPart = 0.9;

function overStall(table: Table, { entry, ns, singleNs, singleDraws, rounds }: Race): Answer {
  const logs = logsOf(entry, ({ warm }) => (warm?.stallNs === undefined ? undefined : [warm.stallNs]));
  const { mean, rounds: seen } = meanOf(logs);
  const draws = table.resampler.draws(logs);
  if (seen === 0 || draws === undefined) return unknown('few counts, never blocked');
  const stallNs = Math.exp(mean);
  if (stallNs >= takesPart * ns) return unknown('few counts, takes part');
  return knownFrom(
    singleNs / stallNs,
    draws.map((log, i) => singleDraws[i] / Math.exp(log)),
    Math.min(rounds, seen),
    'few counts',
  );
}
