import { estimateOf } from '../../analysis/estimate.js';
import { largestOf } from '../../analysis/largest.js';
import { measuredOf } from '../../analysis/rivalry.js';
import { accounts, type Table, tableOf } from '../../analysis/table.js';
import type { CellHeader, Results } from '../../results/format.js';
import { type Answer, unknown } from './answer.js';

/** What the machine's memory can do, and where that was measured. */
export interface Bandwidth {
  readonly bytesPerNs: number;
  readonly run: string;
}

/** Read plus written in one pass: what the kernel says, else 8 bytes for each double that it reads, and that it answers. */
function bytesOf({ header }: Pick<Results, 'header'>, { elements, work }: CellHeader): number {
  return work?.bytes ?? elements * (header.scenario.kernel.kind === 'reduce' ? 8 : 16);
}

/** Of a machine that does not say (many virtual ones): as large as those of servers are, or their speed would pass for that of memory. */
const assumedCacheBytes = 64 * 1024 * 1024;

/** Twice the largest cache, so that little of it is still there when the next pass begins. */
function isBeyondCaches({ header }: Pick<Results, 'header'>, bytes: number): boolean {
  const caches = header.host.caches ?? [];
  const largest = caches.length === 0 ? assumedCacheBytes : Math.max(...caches.map((cache) => cache.bytes));
  return bytes > 2 * largest;
}

/**
 * The most that any strategy moved per ns in a run on data beyond the caches: the roof of what more cores can do
 * together. Undefined where no data of the run is that large, or the kernel waits.
 */
export function bandwidthOf(results: Results): Bandwidth | undefined {
  const { header } = results;
  const table = tableOf(results, 2);
  const rates = accounts
    .flatMap((account) => measuredOf(table.all(account)))
    .map(({ cell, logs }) => ({ bytes: bytesOf(results, cell), logs }))
    .filter(({ bytes }) => isBeyondCaches(results, bytes))
    .map(({ bytes, logs }) => bytes / estimateOf(logs).value);
  if (rates.length === 0 || header.scenario.kernel.kind === 'wait') return undefined;
  return { bytesPerNs: Math.max(...rates), run: header.run };
}

/** Share of the memory bandwidth that a strategy reaches where its data lies in place, at its largest point. */
export function roofOf(table: Table, label: string, bandwidth: Bandwidth | undefined): Answer {
  if (bandwidth === undefined)
    return unknown(
      'memory bandwidth was not measured for this report (report --bandwidth RUN takes it from a run on large data)',
    );
  const entry = largestOf(
    measuredOf(table.all('resident')).filter(({ strategy }) => strategy.label === label),
  );
  if (entry === undefined) return unknown('it has no resident time');
  const bytes = bytesOf(table, entry.cell);
  if (!isBeyondCaches(table, bytes)) return unknown('its data fits into the caches');
  const { value, interval, rounds } = estimateOf(entry.logs);
  const share = (ns: number) => bytes / ns / bandwidth.bytesPerNs;
  if (interval === undefined) return unknown('fewer than 4 rounds give no interval');
  return {
    kind: 'known',
    estimate: {
      value: share(value),
      interval: { low: share(interval.high), high: share(interval.low) },
      rounds,
    },
  };
}
