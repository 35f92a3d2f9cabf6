import type { CacheRecord } from '../results/format.js';
import { grouped } from './grouped.js';
import { timeOf } from './level.js';
import { measuredOf } from './rivalry.js';
import type { Entry, Table } from './table.js';
import type { BandwidthFigure, Estimate } from './types.js';
import { workersAt } from './workers.js';

/**
 * Bytes per second of every resident cell, from what the kernel says it reads and writes: with copy or scale, the roof
 * of memory-bound kernels. Empty where the results do not know the work.
 */
export function bandwidthOf(table: Table): BandwidthFigure[] {
  return measuredOf(table.all('resident')).flatMap((entry) => figureOf(table, entry));
}

function figureOf(table: Table, entry: Entry): BandwidthFigure[] {
  const { cell, strategy } = entry;
  const bytes = cell.work?.bytes ?? 0;
  if (bytes <= 0) return [];
  const level = levelOf(bytes, table.header.host.caches ?? []);
  return [
    {
      strategy: strategy.label,
      point: cell.point,
      ...(strategy.family === 'external' && strategy.onWorkers === undefined
        ? {}
        : { workers: workersAt(table, entry) }),
      bytes,
      ...(level === undefined ? {} : { level }),
      bytesPerSecond: rateOf(bytes, timeOf(entry)),
    },
  ];
}

function rateOf(bytes: number, { value, interval, rounds }: Estimate): Estimate {
  const rate = (ns: number) => (1e9 * bytes) / ns;
  const turned = interval && { interval: { low: rate(interval.high), high: rate(interval.low) } };
  return { value: rate(value), ...turned, rounds };
}

/**
 * The most that anybody moved, by where the data lies and on how many workers: the roof of kernels that move more than
 * they compute. By ascending size, then workers; last those of programs that do not say on how many.
 */
export function roofsOf(figures: readonly BandwidthFigure[]): BandwidthFigure[] {
  const unknown = Number.MAX_SAFE_INTEGER;
  const groups = grouped(figures, ({ level, workers }) => `${level} ${workers}`);
  const fastest = [...groups.values()].map((group) =>
    group.reduce((best, one) => (one.bytesPerSecond.value > best.bytesPerSecond.value ? one : best)),
  );
  const least = ({ level }: BandwidthFigure) =>
    Math.min(...figures.filter((one) => one.level === level).map(({ bytes }) => bytes));
  return fastest.sort((a, b) => least(a) - least(b) || (a.workers ?? unknown) - (b.workers ?? unknown));
}

/** The smallest cache that holds all of it; 'memory' where none does; undefined where the caches are not known. */
export function levelOf(bytes: number, caches: readonly CacheRecord[]): string | undefined {
  if (caches.length === 0) return undefined;
  return caches.find((cache) => bytes <= cache.bytes)?.name ?? 'memory';
}
