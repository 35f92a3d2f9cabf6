import { leastRounds } from '../../analysis/estimate.js';
import { measuredOf } from '../../analysis/rivalry.js';
import type { Table } from '../../analysis/table.js';
import { pointKey } from '../../contract/axes.js';
import type { Point } from '../../contract/scenario.js';
import { type Answer, knownFrom, unknown } from './answer.js';
import { type Race, raceOf } from './race.js';

/** The smallest task that still runs at half efficiency, for one size of its data. */
export interface Metg {
  /** The axes besides the work. */
  readonly fixed: Point;
  /** Bytes of a list. */
  readonly payloadBytes: number;
  readonly workers: number;
  /** Core time per task, ns. */
  readonly answer: Answer;
}

/** Efficiency asked for. */
export const threshold = 0.5;
/** More cannot be: the run was timed wrongly. */
const suspicious = 1.5;

/**
 * METG(50 %), minimum effective task granularity (Slaughter and others, "Task Bench", SC 2020): a list is a task, its
 * granularity is T_p · p ÷ lists, its efficiency T₁ ÷ (T_p · p) against the best single-thread strategy at the same point.
 * Of the tasks at or above the threshold the one of the least granularity, then linear towards the one with the next less
 * work, where that is finer still. The guards are those of its script `chart_metg.py`, which asserts them; here they are
 * reasons: something on both sides of the threshold, no efficiency of 150 %, a task with less work beside the one that was
 * found, measured as often. (There fewer repetitions mean a run that was cut off; here a pool that is clearly beaten stops on
 * purpose once it has an interval, and so may have fewer rounds, down to four.)
 */
export function metgsOf(table: Table, label: string, work: string | undefined): Metg[] {
  if (work === undefined) return [];
  const groups = new Map<string, { fixed: Point; races: Race[] }>();
  for (const entry of measuredOf(table.all('warm'))) {
    if (entry.strategy.label !== label) continue;
    const { [work]: _swept, ...fixed } = entry.cell.point;
    const race = raceOf(table, entry);
    const group = groups.get(pointKey(fixed)) ?? { fixed, races: [] };
    groups.set(pointKey(fixed), group);
    if (race !== undefined) group.races.push(race);
  }
  return [...groups.values()].flatMap(({ fixed, races }) => {
    if (races.length < 2) return [];
    const [{ entry, workers }] = races;
    const { elements, keys } = entry.cell;
    return [{ fixed, payloadBytes: (8 * elements) / keys, workers, answer: metgOf(byWork(races, work)) }];
  });
}

/** Most work first, as the script sorts. */
function byWork(races: readonly Race[], work: string): Race[] {
  return [...races].sort((a, b) => Number(b.entry.cell.point[work]) - Number(a.entry.cell.point[work]));
}

function metgOf(races: readonly Race[]): Answer {
  const tasks = races.map((race) => taskOf(race, race.ns, race.singleNs));
  if (tasks.every(({ efficiency }) => efficiency < threshold)) return unknown('all too small');
  if (tasks.every(({ efficiency }) => efficiency >= threshold)) return unknown('all large enough');
  const highest = Math.max(...tasks.map(({ efficiency }) => efficiency));
  if (highest >= suspicious)
    return { kind: 'unknown', because: { kind: 'impossible efficiency', share: highest } };
  const found = finestOf(tasks);
  const next = races[found + 1];
  if (next === undefined) return unknown('nothing smaller');
  if (next.rounds < Math.min(leastRounds, races[found].rounds)) return unknown('smaller one cut off');
  const draws = races[0].draws.map((_ns, i) =>
    granularityOf(races.map((race) => taskOf(race, race.draws[i], race.singleDraws[i]))),
  );
  const infinite = draws.map((each) => (Number.isNaN(each) ? Number.POSITIVE_INFINITY : each));
  const rounds = Math.min(...races.map((race) => race.rounds));
  return knownFrom(granularityOf(tasks), infinite, rounds, 'threshold not passed');
}

interface Task {
  readonly granularityNs: number;
  readonly efficiency: number;
}

function taskOf({ workers, entry }: Race, ns: number, singleNs: number): Task {
  return { granularityNs: (ns * workers) / entry.cell.keys, efficiency: singleNs / (ns * workers) };
}

/** Index of the finest task at or above the threshold; -1 where none is. */
function finestOf(tasks: readonly Task[]): number {
  return tasks.reduce((best, { efficiency, granularityNs }, i) => {
    if (efficiency < threshold) return best;
    return best < 0 || granularityNs < tasks[best].granularityNs ? i : best;
  }, -1);
}

/** Of tasks with the most work first; NaN where the curve does not pass the threshold. */
function granularityOf(tasks: readonly Task[]): number {
  const at = finestOf(tasks);
  if (at < 0 || at + 1 >= tasks.length) return Number.NaN;
  const [above, below] = [tasks[at], tasks[at + 1]];
  if (below.granularityNs >= above.granularityNs) return above.granularityNs;
  const share = (threshold - below.efficiency) / (above.efficiency - below.efficiency);
  return below.granularityNs + share * (above.granularityNs - below.granularityNs);
}
