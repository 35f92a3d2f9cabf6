import { analyse } from '../../analysis/analyse.js';
import { type Entry, type Table, tableOf } from '../../analysis/table.js';
import type { Analysis, CellAnalysis } from '../../analysis/types.js';
import { matches } from '../../contract/axes.js';
import type { Account, Axes } from '../../contract/scenario.js';
import type { Results } from '../../results/format.js';
import { accountOf, allCells } from '../lookup.js';

/** The runs of a lesson, in the order of measuring: each is the scenario of this name, and the folder of its results. */
export const partIds = ['waiting', 'working', 'lock', 'sending', 'messages', 'vectors', 'paying'] as const;

export type PartId = (typeof partIds)[number];

/** One run of the lesson, arranged for questions. */
export interface Part {
  readonly analysis: Analysis;
  readonly table: Table;
}

/** Those that were measured, at least in part. */
export type Parts = ReadonlyMap<PartId, Part>;

/** One strategy at one point of one part. */
export interface Place {
  readonly part: PartId;
  /** Id or label. */
  readonly strategy: string;
  /** What tells its point from the others of the part; absent where there is one point. */
  readonly where?: Axes;
}

export function partsOf(results: ReadonlyMap<PartId, Results>, draws?: number): Parts {
  const options = draws === undefined ? {} : { draws };
  return new Map(
    [...results].map(([id, one]): [PartId, Part] => [
      id,
      { analysis: analyse(one, options), table: tableOf(one, options.draws ?? 2_000) },
    ]),
  );
}

/** What was measured of it in an account; undefined where the part has no such cell. */
export function entryAt(
  parts: Parts,
  { part, strategy, where = {} }: Place,
  account: Account,
): Entry | undefined {
  return parts
    .get(part)
    ?.table.all(account)
    .find((entry) => isNamed(strategy, entry.strategy) && matches(entry.cell.point, where));
}

/** The same as a report sees it: time, phases, processor time. */
export function cellOf(parts: Parts, place: Place, account: Account): CellAnalysis | undefined {
  const entry = entryAt(parts, place, account);
  const analysis = parts.get(place.part)?.analysis;
  if (entry === undefined || analysis === undefined) return undefined;
  return accountOf(analysis, account)
    ?.points.flatMap(allCells)
    .find(({ cell }) => cell === entry.cell.id);
}

function isNamed(name: string, { id, label }: { readonly id: string; readonly label: string }): boolean {
  return name === id || name === label;
}
