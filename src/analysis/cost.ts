import type { Measured } from '../results/format.js';
import { moveNs } from './break-even.js';
import { meanOf } from './estimate.js';
import { parallel } from './group.js';
import { largestOf } from './largest.js';
import { measuredOf } from './rivalry.js';
import { samplesOf } from './round-logs.js';
import { type Entry, logsOf, startsInNode, type Table } from './table.js';
import type { PhysicalCost } from './types.js';

/** What a number costs each strategy at its largest measured point: where the losers' time goes. */
export function costsOf(table: Table): PhysicalCost[] {
  return table.header.strategies.flatMap(({ label }) => {
    const entries = measuredOf(table.all('warm')).filter(
      (entry) => startsInNode(entry) && entry.strategy.label === label && entry.cell.elements > 0,
    );
    const entry = largestOf(entries);
    return entry === undefined ? [] : [costOf(table, entry)];
  });
}

function costOf(table: Table, entry: Entry): PhysicalCost {
  const { elements, point } = entry.cell;
  const workers = workersAt(table, entry);
  const moving = nsOf(entry, moveNs) ?? nsOf(entry, (outcome) => besidesBusy(outcome, workers));
  const computing =
    nsOf(entry, (outcome) => samplesOf(outcome, 'resident')) ??
    nsOf(entry, ({ warm }) => warm?.stages?.phasesNs.compute) ??
    nsOf(entry, ({ warm }) => (warm?.busyNs === undefined ? undefined : [warm.busyNs]));
  const openNs = nsOf(entry, ({ oneShot }) => oneShot && [oneShot.phases.openNs]);
  return {
    strategy: entry.strategy.label,
    point,
    elements,
    ...(moving === undefined ? {} : { movingNsPerElement: moving / elements }),
    ...(computing === undefined ? {} : { computingNsPerElement: computing / elements }),
    ...(openNs === undefined ? {} : { openMs: openNs / 1e6 }),
  };
}

/** Time of a `run` that its workers, side by side, did not spend in the kernel. */
function besidesBusy({ warm }: Measured, workers: number): number[] | undefined {
  const busyNs = warm?.busyNs;
  if (busyNs === undefined) return undefined;
  return warm?.samplesNs.map((ns) => ns - busyNs / workers);
}

/** Workers of a pool at its point; 1 for what runs on a single thread, and for a program that does not say. */
export function workersAt({ header }: Table, { cell, strategy }: Entry): number {
  if (!parallel(strategy) && !strategy.onWorkers) return 1;
  return Number(cell.point.workers ?? header.defaults.workers ?? 1);
}

function nsOf(
  entry: Entry,
  valuesOf: (outcome: Measured) => readonly number[] | undefined,
): number | undefined {
  const { mean, rounds } = meanOf(logsOf(entry, valuesOf));
  return rounds === 0 ? undefined : Math.exp(mean);
}
