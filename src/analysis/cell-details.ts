import type { Measured, RunHeader, Series, WarmRecord } from '../results/format.js';
import { quantileOf } from './estimate.js';
import { pathDetails } from './path.js';
import { mean, median, samplesOf, seriesOf } from './round-logs.js';
import { settlingIn } from './settling.js';
import type { Entry } from './table.js';
import type { CellDetails } from './types.js';

/** What lies beside the time of a measured cell: means over rounds, in ns per call and bytes. */
export function detailsOf(entry: Entry): CellDetails {
  const outcomes = entry.rounds.map(({ outcome }) => outcome);
  if (outcomes.length === 0) return { phasesNs: {} };
  const peak = { peakBytes: Math.max(...outcomes.map(({ peakBytes }) => peakBytes)) };
  if (entry.account === 'one-shot') return { ...oneShotDetails(outcomes), ...peak };
  const more = { ...peak, ...settlingDetail(entry), ...callDetails(entry) };
  if (entry.account === 'warm') {
    const path = pathDetails(outcomes);
    const warm = warmDetails(outcomes.flatMap((outcome) => outcome.warm ?? []));
    return { ...warm, ...more, ...(path === undefined ? {} : { path }) };
  }
  return { ...residentDetails(outcomes), ...more };
}

function settlingDetail({ rounds, account }: Entry): Pick<CellDetails, 'settling'> {
  const settling = settlingIn(rounds, account);
  return settling === 'settled' || settling === 'not judged' ? {} : { settling };
}

function oneShotDetails(outcomes: readonly Measured[]): CellDetails {
  const records = outcomes.flatMap(({ oneShot }) => oneShot ?? []);
  // The time of the cell is a geometric mean, to which plain means of its parts do not add up: one slow import would be
  // longer than the whole. So they are its parts in the proportion that they have in all rounds together.
  const totals = records.map(({ totalNs }) => totalNs);
  const part = totals.length === 0 ? 0 : Math.exp(mean(totals.map(Math.log))) / mean(totals);
  const phase = (name: 'importNs' | 'openNs' | 'runNs' | 'closeNs') =>
    part * mean(records.map(({ phases }) => phases[name]));
  return {
    phasesNs: {
      import: phase('importNs'),
      open: phase('openNs'),
      run: phase('runNs'),
      close: phase('closeNs'),
    },
    cpuNs: mean(records.map(({ cpuNs }) => cpuNs)),
  };
}

function warmDetails(records: readonly WarmRecord[]): CellDetails {
  const staged = records.flatMap(({ stages }) => (stages === undefined ? [] : [stages]));
  const phase = (name: 'place' | 'compute' | 'collect' | 'release') =>
    mean(staged.map(({ phasesNs }) => mean(phasesNs[name])));
  const phasesNs: Record<string, number> =
    staged.length === 0
      ? { run: mean(records.map(({ samplesNs }) => mean(samplesNs))) }
      : {
          place: phase('place'),
          compute: phase('compute'),
          collect: phase('collect'),
          release: phase('release'),
        };
  return {
    phasesNs,
    ...seriesDetails(records),
    ...meanOfKnown(
      'stallNs',
      records.map(({ stallNs }) => stallNs),
    ),
    ...meanOfKnown(
      'busyNs',
      records.map(({ busyNs }) => busyNs),
    ),
    ...meanOfKnown(
      'newPages',
      records.map(({ newPages }) => newPages),
    ),
    ...meanOfKnown(
      'naturalNs',
      records.map(({ naturalNs }) => naturalNs),
    ),
    ...meanOfKnown('overlapNs', records.map(overlapOf)),
  };
}

/** Absent without stages, and where the samples are themselves the sum of the stages: the strategy has no `run`. */
function overlapOf({ samplesNs, stages }: WarmRecord): number | undefined {
  if (stages === undefined) return undefined;
  const sameSamples =
    samplesNs.length === stages.samplesNs.length && samplesNs.every((ns, i) => ns === stages.samplesNs[i]);
  return sameSamples ? undefined : mean(stages.samplesNs) - mean(samplesNs);
}

function residentDetails(outcomes: readonly Measured[]): CellDetails {
  const records = outcomes.flatMap(({ resident }) => (resident.status === 'measured' ? [resident] : []));
  return {
    phasesNs: { compute: mean(records.map(({ samplesNs }) => mean(samplesNs))) },
    ...seriesDetails(records),
    ...meanOfKnown(
      'busyNs',
      records.map(({ busyNs }) => busyNs),
    ),
    streamed: records.some(({ streamed }) => streamed),
  };
}

function seriesDetails(records: readonly Series[]): { cpuNs: number; gcNs: number } {
  return { cpuNs: mean(records.map(({ cpuNs }) => cpuNs)), gcNs: mean(records.map(({ gcNs }) => gcNs)) };
}

function meanOfKnown<K extends string>(
  name: K,
  values: readonly (number | undefined)[],
): Partial<Record<K, number>> {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? {} : ({ [name]: mean(known) } as Partial<Record<K, number>>);
}

/** The first version whose warm series are a sustained life. */
const sustainedVersion = 3;

/** Whether the calls of a run are a life, so that a typical one and a slow one say what a user would meet. */
export function isSustained({ version }: RunHeader): boolean {
  return version >= sustainedVersion;
}

/** Calls that a percentile needs: below, a few slow ones would be it. */
const leastCalls = 300;

/** Beside the mean: a typical call, and where calls were timed one by one and are many, what all but 1 in 100 keep to. */
function callDetails({ rounds, account }: Entry): Pick<CellDetails, 'typicalNs' | 'slowest1In100Ns'> {
  const series = rounds.flatMap(({ outcome }) => {
    const samples = samplesOf(outcome, account) ?? [];
    return samples.length === 0 ? [] : [samples];
  });
  if (series.length === 0) return {};
  const typicalNs = Math.exp(mean(series.map((samples) => Math.log(median(samples)))));
  const single = rounds.every(
    ({ outcome }) => account !== 'one-shot' && (seriesOf(outcome, account)?.passes ?? 1) === 1,
  );
  const calls = single ? Float64Array.from(series.flat()).sort() : new Float64Array(0);
  return { typicalNs, ...(calls.length < leastCalls ? {} : { slowest1In100Ns: quantileOf(calls, 0.99) }) };
}
