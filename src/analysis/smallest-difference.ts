import { leastRounds } from './estimate.js';
import { parallel, singleThread } from './group.js';
import { mapAlpha, paidLevel } from './holm.js';
import { limitsOf, ratioLevel } from './level.js';
import { competing, fastest, measuredOf } from './rivalry.js';
import { median } from './round-logs.js';
import { tQuantile } from './student.js';
import type { Entry, Table } from './table.js';
import type { SmallestDifference } from './types.js';

/** The share of runs that name a difference of that size. */
const power = 0.8;

/**
 * The smallest difference that a run names in four of five cases, as a share (0.02 = 2 %): the median over all pairs of a
 * point's fastest strategy and another, in the warm account. Named under the map's own rule: at the level that Holm's
 * method leaves a point while all are open. What the rule asks for, and so much more that chance takes it away in 2 of 10
 * (the normal approximation to the power of a t test: Lachin, "Introduction to sample size determination and power
 * analysis for clinical trials", 1981). Undefined where no pair has an interval.
 */
export function smallestDifference(table: Table): SmallestDifference | undefined {
  const pairs = table.points.flatMap((point) => {
    const entries = measuredOf(competing(table.at('warm', point)));
    const top = fastest(entries);
    if (top === undefined) return [];
    return entries.flatMap((entry) => {
      const share = entry === top ? undefined : namedFrom(entry, top, table);
      return share === undefined ? [] : [{ share, strategies: [entry.strategy, top.strategy] }];
    });
  });
  if (pairs.length === 0) return undefined;
  const among = (wanted: readonly (typeof pairs)[number][]) => median(wanted.map(({ share }) => share));
  const singles = pairs.filter(({ strategies }) => strategies.every(singleThread));
  const pools = pairs.filter(({ strategies }) => strategies.some(parallel));
  return {
    all: among(pairs),
    ...(singles.length === 0 ? {} : { oneThread: among(singles) }),
    ...(pools.length === 0 ? {} : { pool: among(pools) }),
  };
}

function namedFrom(entry: Entry, top: Entry, { header, points }: Table): number | undefined {
  const level = ratioLevel(entry, top);
  const { mean, error, df, rounds } = level;
  if (rounds < leastRounds || !(error >= 0)) return undefined;
  const asked = mean - limitsOf(level, paidLevel(mapAlpha, header) / 2 / points.length).low;
  return Math.expm1(asked + tQuantile(2 * power - 1, Math.max(1, Math.floor(df))) * error);
}
