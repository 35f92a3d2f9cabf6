import { isBaseline } from './group.js';
import { ratioOf } from './level.js';
import { measuredOf } from './rivalry.js';
import type { Table } from './table.js';
import type { ConcurrencyFact } from './types.js';

/** for-loop's warm time over that of each concurrent strategy, at every point where both were measured. */
export function concurrencyFacts(table: Table): ConcurrencyFact[] {
  const waits = table.header.scenario.kernel.kind === 'wait';
  return table.points.flatMap((point) => {
    const entries = measuredOf(table.at('warm', point));
    const forLoop = entries.find(({ strategy }) => isBaseline(strategy));
    if (forLoop === undefined) return [];
    return entries
      .filter(({ strategy }) => strategy.family === 'concurrent')
      .map((entry) => ({
        strategy: entry.strategy.label,
        point,
        ratio: ratioOf(forLoop, entry),
        waits,
      }));
  });
}
