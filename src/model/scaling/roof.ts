import { estimateOf } from '../../analysis/estimate.js';
import { timeOf } from '../../analysis/level.js';
import { largestOf, measuredOf } from '../../analysis/rivalry.js';
import { accounts, type Table, tableOf } from '../../analysis/table.js';
import type { MemoryBandwidth } from '../../choose/choose.js';
import type { CellHeader, HostRecord, Results } from '../../results/format.js';
import { type Answer, knownFrom, unknown } from './answer.js';
import { raceOf } from './race.js';

/** What the machine's memory can do, and where that was measured. */
export interface Bandwidth {
  readonly bytesPerNs: number;
  readonly run: string;
}

/** Of a number 8 bytes are read, and 8 of its answer written. */
export const passedBytes = 16;

/** Read plus written in one pass: what the kernel says, else 8 bytes for each double that it reads, and that it answers. */
function bytesOf({ header }: Pick<Results, 'header'>, { elements, work }: CellHeader): number {
  return work?.bytes ?? elements * (header.scenario.kernel.kind === 'reduce' ? passedBytes / 2 : passedBytes);
}

/** Of a machine that does not say (many virtual ones): as large as those of servers are, or their speed would pass for that of memory. */
const assumedCacheBytes = 64 * 1024 * 1024;

/** Twice the largest cache, so that little of it is still there when the next pass begins. */
function cachedBytes({ caches = [] }: Pick<HostRecord, 'caches'>): number {
  return 2 * (caches.length === 0 ? assumedCacheBytes : Math.max(...caches.map((cache) => cache.bytes)));
}

function isBeyondCaches({ header }: Pick<Results, 'header'>, bytes: number): boolean {
  return bytes > cachedBytes(header.host);
}

/** The fewest numbers of a list that lies beyond the caches together with its answers. */
export function numbersBeyondCaches(host: Pick<HostRecord, 'caches'>): number {
  return Math.floor(cachedBytes(host) / passedBytes) + 1;
}

/**
 * The most that any strategy moved per ns in a run on data beyond the caches: the roof of what more cores can do
 * together. Undefined where no data of the run is that large, or the kernel waits.
 */
export function bandwidthOf(results: Results): Bandwidth | undefined {
  const passes = passesBeyondCaches(results);
  return passes.length === 0 ? undefined : { bytesPerNs: fastest(passes), run: results.header.run };
}

/** Likewise by count of threads, for a profile. Undefined where either is not known. */
export function memoryBandwidthOf(results: Results): MemoryBandwidth | undefined {
  const passes = passesBeyondCaches(results);
  const of = (count: number) => passes.filter(({ threads }) => threads === count);
  const most = Math.max(1, ...results.header.cells.map(({ point }) => Number(point.workers ?? 1)));
  const oneThread = of(1);
  // What was planned on all cores, and is missing, is not what one of them does.
  if (oneThread.length === 0 || of(most).length === 0) return undefined;
  return {
    bytes: Math.min(...passes.map(({ bytes }) => bytes)),
    oneThreadBytesPerNs: fastest(oneThread),
    allCoresBytesPerNs: fastest(passes),
  };
}

/** One cell in one account, as a pass over memory. */
interface Pass {
  readonly bytes: number;
  readonly bytesPerNs: number;
  readonly threads: number;
}

function passesBeyondCaches(results: Results): Pass[] {
  const { header } = results;
  if (header.scenario.kernel.kind === 'wait') return [];
  const table = tableOf(results, 2);
  return accounts
    .flatMap((account) => measuredOf(table.all(account)))
    .map(({ cell, strategy, logs }): Pass => {
      const bytes = bytesOf(results, cell);
      const workers = Number(cell.point.workers ?? header.defaults.workers ?? 1);
      return { bytes, bytesPerNs: bytes / estimateOf(logs).value, threads: strategy.parallel ? workers : 1 };
    })
    .filter(({ bytes }) => isBeyondCaches(results, bytes));
}

function fastest(passes: readonly Pass[]): number {
  return Math.max(...passes.map(({ bytesPerNs }) => bytesPerNs));
}

/** Share of the memory bandwidth that a strategy reaches where its data lies in place, at its largest point. */
export function roofOf(table: Table, label: string, bandwidth: Bandwidth | undefined): Answer {
  if (bandwidth === undefined) return unknown('no bandwidth');
  const entry = largestOf(
    measuredOf(table.all('resident')).filter(({ strategy }) => strategy.label === label),
  );
  if (entry === undefined) return unknown('no resident time');
  const bytes = bytesOf(table, entry.cell);
  if (!isBeyondCaches(table, bytes)) return unknown('fits into caches');
  const { value, interval, rounds } = timeOf(entry);
  const share = (ns: number) => bytes / ns / bandwidth.bytesPerNs;
  if (interval === undefined) return unknown('few rounds');
  return {
    kind: 'known',
    estimate: {
      value: share(value),
      interval: { low: share(interval.high), high: share(interval.low) },
      rounds,
    },
  };
}

/**
 * Share of the computing that its cores can do, where the data lies in place: the best single thread there, times the cores
 * that its workers have, is all of it. What is missing is spent on handing work out, waiting for memory, or for each other.
 */
export function computeShareOf(table: Table, label: string): Answer {
  const resident = measuredOf(table.all('resident'));
  const entry = largestOf(resident.filter(({ strategy }) => strategy.label === label));
  if (entry === undefined) return unknown('no resident time');
  const race = raceOf(table, entry, 'resident');
  if (race === undefined) return unknown('no single thread in place');
  const { ns, singleNs, draws, singleDraws, cores, rounds } = race;
  return knownFrom(
    singleNs / ns / cores,
    draws.map((draw, i) => singleDraws[i] / draw / cores),
    rounds,
    'no share',
  );
}
