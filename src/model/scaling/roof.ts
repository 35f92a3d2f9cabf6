import { estimateOf } from '../../analysis/estimate.js';
import { largestOf } from '../../analysis/largest.js';
import { measuredOf } from '../../analysis/rivalry.js';
import { accounts, type Table, tableOf } from '../../analysis/table.js';
import type { Results } from '../../results/format.js';
import { type Answer, unknown } from './answer.js';

/** What the machine's memory can do, and where that was measured. */
export interface Bandwidth {
  readonly bytesPerNs: number;
  readonly run: string;
}

/** Bytes of a double that a kernel reads of each number, and writes of each answer. */
function bytesPerElement({ header }: Pick<Results, 'header'>): number {
  return header.scenario.kernel.kind === 'reduce' ? 8 : 16;
}

/**
 * The most that any strategy moved per ns in a run on data beyond the caches: the roof of what more cores can do
 * together. Undefined where no data of the run is that large, or the kernel waits.
 */
export function bandwidthOf(results: Results): Bandwidth | undefined {
  const { header } = results;
  const table = tableOf(results, 2);
  const cacheBytes = Math.max(0, ...(header.host.caches ?? []).map(({ bytes }) => bytes));
  const rates = accounts
    .flatMap((account) => measuredOf(table.all(account)))
    .filter(({ cell }) => bytesPerElement(results) * cell.elements > 2 * cacheBytes)
    .map(({ cell, logs }) => (bytesPerElement(results) * cell.elements) / estimateOf(logs).value);
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
  const { value, interval, rounds } = estimateOf(entry.logs);
  const share = (ns: number) => (bytesPerElement(table) * entry.cell.elements) / ns / bandwidth.bytesPerNs;
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
