import { type CellRecord, mapSamples } from '../results/record.js';

/** Enough for medians, thirds and two modes of a series; a run of thousands of cells takes a few megabytes. */
const mostSamples = 60;

/**
 * What the driver itself keeps of a record until the run ends, for planners: without traces, and long series as medians
 * of neighbouring samples, in order. Everything is in the journal, from which reports are made. A resumed run reads
 * whole records and makes the same lean ones of them, so that planners meet the same figures.
 */
export function leanRecord(record: CellRecord): CellRecord {
  const outcome = mapSamples(record.outcome, blockMedians, (phaseNs) =>
    // Of phases planners ask the median alone.
    phaseNs.length <= 1 ? phaseNs : [medianOf(phaseNs)],
  );
  if (outcome.status === 'crashed') {
    const { stderrTail: _, ...rest } = outcome;
    return { ...record, outcome: rest };
  }
  if (outcome.status !== 'measured' || outcome.warm === undefined) return { ...record, outcome };
  const { trace: _, ...warm } = outcome.warm;
  return { ...record, outcome: { ...outcome, warm } };
}

function blockMedians(samplesNs: readonly number[]): readonly number[] {
  const { length } = samplesNs;
  if (length <= mostSamples) return samplesNs;
  const startOf = (block: number) => Math.floor((block * length) / mostSamples);
  return Array.from({ length: mostSamples }, (_, block) =>
    medianOf(samplesNs.slice(startOf(block), startOf(block + 1))),
  );
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
