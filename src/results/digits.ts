import type { Outcome, Series, StageSeries } from './record.js';

/**
 * Digits of a sample that are kept. A clock of 1 ns tells 5 of a batch of 100 µs, and a division by its calls makes up
 * a dozen more: they were two thirds of a results file.
 */
const digits = 7;

/**
 * The outcome with as many digits as a clock can tell. It is done before anything is worked out or written, so that
 * the run, its file and every later report see the same numbers.
 */
export function withClockDigits(outcome: Outcome): Outcome {
  if (outcome.status !== 'measured') return outcome;
  const { warm, resident } = outcome;
  return {
    ...outcome,
    ...(warm === undefined
      ? {}
      : {
          warm: {
            ...rounded(warm),
            ...(warm.stages === undefined ? {} : { stages: roundedStages(warm.stages) }),
          },
        }),
    resident: resident.status === 'measured' ? rounded(resident) : resident,
  };
}

function rounded<S extends Series>(series: S): S {
  return { ...series, samplesNs: roundedAll(series.samplesNs) };
}

function roundedStages(stages: StageSeries): StageSeries {
  const { place, compute, collect, release } = stages.phasesNs;
  return {
    ...rounded(stages),
    phasesNs: {
      place: roundedAll(place),
      compute: roundedAll(compute),
      collect: roundedAll(collect),
      release: roundedAll(release),
    },
  };
}

function roundedAll(values: readonly number[]): number[] {
  return values.map((ns) => Number(ns.toPrecision(digits)));
}
