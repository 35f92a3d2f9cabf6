import { meanOf, percentileInterval } from '../../analysis/estimate.js';
import { logsOf, type Table } from '../../analysis/table.js';
import type { Estimate } from '../../analysis/types.js';
import { type Shape, termValue } from '../../choose/choose.js';
import type { StrategyModel } from '../strategy-model.js';
import { type Answer, knownFrom, unknown } from './answer.js';
import type { Race } from './race.js';

/** Speed-up over the best single thread that no number of workers can pass. */
export interface Ceiling {
  readonly answer: Answer;
  /** `formula`: what workers do not share, fitted over three counts of them. `stall`: one uninterrupted stretch of the main thread; the true ceiling lies lower. */
  readonly from: 'formula' | 'stall';
}

/** w / c_main: the best single thread's time over what the main thread does alone, however many workers there are. */
export function ceilingOf(table: Table, race: Race, model: StrategyModel | undefined): Ceiling {
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
