import type { CellRecord, Measured, Outcome, Series } from '../results/format.js';

/** Enough for medians, thirds and two modes of a series; a run of thousands of cells takes a few megabytes. */
const mostSamples = 60;

/**
 * What the driver itself keeps of a record until the run ends, for planners: without traces, and long series as medians
 * of neighbouring samples, in order. Everything is in the journal, from which reports are made. A resumed run reads
 * whole records and makes the same lean ones of them, so that planners meet the same figures.
 */
export function leanRecord(record: CellRecord): CellRecord {
  return { ...record, outcome: leanOutcome(record.outcome) };
}

function leanOutcome(outcome: Outcome): Outcome {
  if (outcome.status === 'crashed') {
    const { stderrTail: _, ...rest } = outcome;
    return rest;
  }
  return outcome.status === 'measured' ? leanMeasured(outcome) : outcome;
}

function leanMeasured(outcome: Measured & Outcome): Outcome {
  const { warm, resident } = outcome;
  const lean: Measured = {
    ...outcome,
    resident: resident.status === 'measured' ? leanSeries(resident) : resident,
  };
  if (warm === undefined) return lean;
  const { trace: _, stages, ...rest } = warm;
  return {
    ...lean,
    warm: {
      ...leanSeries(rest),
      ...(stages === undefined
        ? {}
        : {
            stages: {
              ...leanSeries(stages),
              phasesNs: {
                place: leanPhase(stages.phasesNs.place),
                compute: leanPhase(stages.phasesNs.compute),
                collect: leanPhase(stages.phasesNs.collect),
                release: leanPhase(stages.phasesNs.release),
              },
            },
          }),
    },
  };
}

function leanSeries<S extends Series>(series: S): S {
  const { samplesNs } = series;
  return samplesNs.length <= mostSamples ? series : { ...series, samplesNs: blockMedians(samplesNs) };
}

/** Of phases planners ask the median alone. */
function leanPhase(samplesNs: readonly number[]): readonly number[] {
  return samplesNs.length <= 1 ? samplesNs : [medianOf(samplesNs)];
}

function blockMedians(samplesNs: readonly number[]): number[] {
  const { length } = samplesNs;
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
