import { measuredOf } from '../../analysis/rivalry.js';
import type { Table } from '../../analysis/table.js';
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
 * Of the measured task sizes the smallest at or above the threshold, then linear towards the next smaller one where that is
 * below it. The guards are those of its script `chart_metg.py`, which asserts them; here they are reasons.
 */
export function metgsOf(table: Table, label: string, work: string | undefined): Metg[] {
  if (work === undefined) return [];
  const groups = new Map<string, { fixed: Point; races: Race[] }>();
  for (const entry of measuredOf(table.all('warm'))) {
    if (entry.strategy.label !== label) continue;
    const { [work]: _swept, ...fixed } = entry.cell.point;
    const race = raceOf(table, entry);
    const group = groups.get(JSON.stringify(fixed)) ?? { fixed, races: [] };
    groups.set(JSON.stringify(fixed), group);
    if (race !== undefined) group.races.push(race);
  }
  return [...groups.values()].flatMap(({ fixed, races }) => {
    if (races.length < 2) return [];
    const [{ entry, workers }] = races;
    const { elements, keys } = entry.cell;
    return [{ fixed, payloadBytes: (8 * elements) / keys, workers, answer: metgOf(races) }];
  });
}

function metgOf(races: readonly Race[]): Answer {
  const tasks = races.map((race) => taskOf(race, race.ns, race.singleNs));
  if (tasks.every(({ efficiency }) => efficiency < threshold))
    return unknown('no task that was measured is large enough');
  if (tasks.every(({ efficiency }) => efficiency >= threshold))
    return unknown('every task that was measured is large enough');
  const highest = Math.max(...tasks.map(({ efficiency }) => efficiency));
  if (highest >= suspicious)
    return unknown(
      `an efficiency of ${Math.round(100 * highest)} % cannot be: its share of the work is not what one thread does`,
    );
  const value = granularityOf(tasks);
  if (Number.isNaN(value))
    return unknown('the smallest task that is large enough has no smaller one beside it');
  const draws = races[0].draws.map((_ns, i) =>
    granularityOf(races.map((race) => taskOf(race, race.draws[i], race.singleDraws[i]))),
  );
  const infinite = draws.map((each) => (Number.isNaN(each) ? Number.POSITIVE_INFINITY : each));
  // A size at which a pool is clearly beaten stops early; the draws carry what its few rounds do not know.
  const rounds = Math.max(...races.map((race) => race.rounds));
  return knownFrom(value, infinite, rounds, 'it is not sure that the curve passes 50 % here');
}

interface Task {
  readonly granularityNs: number;
  readonly efficiency: number;
}

function taskOf({ workers, entry }: Race, ns: number, singleNs: number): Task {
  return { granularityNs: (ns * workers) / entry.cell.keys, efficiency: singleNs / (ns * workers) };
}

/** NaN where the curve does not pass the threshold between two sizes. */
function granularityOf(tasks: readonly Task[]): number {
  const sorted = [...tasks].sort((a, b) => a.granularityNs - b.granularityNs);
  const at = sorted.findIndex(({ efficiency }) => efficiency >= threshold);
  if (at <= 0) return Number.NaN;
  const [below, above] = [sorted[at - 1], sorted[at]];
  const share = (threshold - below.efficiency) / (above.efficiency - below.efficiency);
  return below.granularityNs + share * (above.granularityNs - below.granularityNs);
}
