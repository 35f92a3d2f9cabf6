import { Bench } from 'tinybench';
import { fewestListsRun } from '../../workers/registry.js';
import { nowNs } from '../../workers/span-log.js';
import type { Sampling } from '../order.js';
import { collectAboveNs, collectEverywhere, UsageMeter } from './usage.js';

/** Calls shorter than this are timed in batches: the clock's step and the calls around it would show. */
const batchBelowNs = 100_000;

/** Above this a call is long: two samples are enough, and little else is repeated. */
export const longNs = 250e6;

/** Calls from here on are dear. */
export const middleNs = 20e6;

/** Code that ran this often in every isolate has been optimised, or never will be. */
const listsToWarmUp = 200;

export interface SeriesRequest {
  /** What to expect of one call, from an earlier phase. */
  readonly guessNs: number;
  readonly sampleMs: number;
  readonly warmupMs: number;
  /** Beside a series of the same work: a few samples do, and long calls need no warm-up of their own. */
  readonly few?: boolean;
  readonly least: Sampling['least'];
  /** Never several calls per sample: where somebody else's clock is read, around each call. */
  readonly single?: boolean;
  /** Untimed, before each sample: fresh data, dropped results. */
  before?(): void | Promise<void>;
  /** Runs the call `passes` times and returns the time of all of them; it alone reads the clock. */
  timed(passes: number): Promise<number>;
  /** Untimed, after each sample. */
  after?(): void | Promise<void>;
}

export interface SampledSeries {
  readonly samplesNs: number[];
  readonly passes: number;
  readonly warmupCalls: number;
  readonly cpuNs: number;
  readonly gcNs: number;
  readonly busyNs?: number;
}

/**
 * Warms up, then has tinybench take samples until both its time and its number are reached. Samples are kept here in
 * order of arrival, since tinybench returns them sorted.
 */
export async function sampleSeries(request: SeriesRequest): Promise<SampledSeries> {
  const { estimateNs, calls: warmupCalls } = await warmUp(request);
  const isBatched = estimateNs < batchBelowNs && !request.single;
  const passes = isBatched ? Math.ceil(batchBelowNs / Math.max(estimateNs, 50)) : 1;
  const collects = estimateNs > collectAboveNs;
  const usage = new UsageMeter();
  const samplesNs: number[] = [];

  const bench = new Bench({
    time: request.sampleMs,
    iterations: minimumSamples(estimateNs, request),
    warmup: false,
    retainSamples: false,
    throws: true,
  });
  const sample = async () => {
    await request.before?.();
    const collecting = nowNs();
    if (collects) await collectEverywhere();
    const collectedNs = nowNs() - collecting;
    usage.start();
    const calling = nowNs();
    const batchNs = await request.timed(passes);
    const calledNs = nowNs() - calling;
    usage.stop(passes);
    samplesNs.push(batchNs / passes);
    await request.after?.();
    // What the sample took in all: to collect before a call of 1 ms takes longer than the call, and a message to a
    // program longer than what it times. The times themselves are kept here, and tinybench's sum only says when there
    // are enough.
    return { overriddenDuration: (collectedNs + calledNs) / 1e6 };
  };
  bench.add('series', sample, { async: true });
  await bench.run();
  return { samplesNs, passes, warmupCalls, ...(await usage.perCall()) };
}

/** DESIGN's guide: the longer the call, the fewer are needed to see its middle. */
function minimumSamples(estimateNs: number, { few, least }: SeriesRequest): number {
  // Rounds are what is resampled: one sample of a dear call per round tells as much as two.
  if (few) return estimateNs < 10e6 ? 5 : 1;
  if (estimateNs < 10e6) return least.short;
  if (estimateNs <= longNs) return least.middle;
  return estimateNs <= 1e9 ? 2 : 1;
}

/**
 * Calls until the time is used and every worker's code has run often enough; none for long calls, whose code the first
 * session and the series before have compiled.
 */
async function warmUp(request: SeriesRequest): Promise<{ estimateNs: number; calls: number }> {
  if (request.guessNs > (request.few ? middleNs : longNs)) return { estimateNs: request.guessNs, calls: 0 };
  const began = nowNs();
  const spent = () => (nowNs() - began) / 1e6;
  let estimateNs = request.guessNs;
  let calls = 0;
  do {
    await request.before?.();
    const ns = await request.timed(1);
    // The first call still compiles: believe the fastest so far.
    estimateNs = calls === 0 ? ns : Math.min(estimateNs, ns);
    calls++;
    if (estimateNs > middleNs) break;
  } while (
    spent() < request.warmupMs ||
    calls < 3 ||
    (fewestListsRun() < listsToWarmUp && spent() < 3 * request.warmupMs)
  );
  return { estimateNs, calls };
}
