import { concerningEntries } from './completeness.js';
import { type Doubt, wholeRun } from './finding.js';

export const cacheWarm: Doubt = ({ table: { header } }) =>
  header.cache === 'warm' ? [{ id: 'cache-warm', severity: 'note', ...wholeRun, facts: {} }] : [];

/**
 * Calls that meet the same data again find it in a cache, where a server's next request does not lie: single threads
 * gain most by it (up to 1.7 times, measured), pools little, since they send it away anyway. Only where memory had no
 * room is anything wrong with the run: small data and a program's own are so for everybody.
 */
export const dataInCache: Doubt = ({ table }) =>
  (['memory', 'small', 'program'] as const).flatMap((because) => {
    const cells = table
      .all('warm')
      .filter(({ rounds }) => rounds.some(({ outcome }) => outcome.warm?.dataBecause === because));
    if (cells.length === 0) return [];
    const severity = because === 'memory' ? 'warning' : 'note';
    return [{ id: 'data-in-cache', severity, ...concerningEntries(cells), facts: { because } }];
  });
