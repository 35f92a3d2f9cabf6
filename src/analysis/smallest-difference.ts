import { leastRounds, level, meanOf } from './estimate.js';
import { fastest, measuredOf } from './rivalry.js';
import { median, pairedDifference } from './round-logs.js';
import { tQuantile } from './student.js';
import type { Table } from './table.js';

/**
 * The smallest difference that a run could have seen: the median, over all pairs of a point's fastest strategy and
 * another, of the half-width of the 95 % interval of their ratio; as a share (0.02 = 2 %), in the warm account.
 * Undefined where no pair has an interval.
 */
export function smallestDifference(table: Table): number | undefined {
  const halves = table.points.flatMap((point) => {
    const entries = measuredOf(table.at('warm', point));
    const top = fastest(entries);
    if (top === undefined) return [];
    return entries.flatMap((entry) => {
      if (entry === top) return [];
      const { error, rounds } = meanOf(pairedDifference(entry.logs, top.logs));
      return rounds < leastRounds ? [] : [Math.expm1(tQuantile(level, rounds - 1) * error)];
    });
  });
  return halves.length === 0 ? undefined : median(halves);
}
