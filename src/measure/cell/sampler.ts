import { Bench } from 'tinybench';
import { fewestListsRun } from '../../workers/registry.js';
import { nowNs } from './clock.js';
import { collectAboveNs, collectEverywhere } from './garbage.js';
import { UsageMeter } from './usage.js';

/** Calls shorter than this are timed in batches: the clock's step and the calls around it would show. */
const batchBelowNs = 100_000;

/** Code that ran this often in every isolate has been optimised, or never will be. */
const listsToWarmUp = 200;

export interface SeriesRequest {
  /** What to expect of one call, from an earlier phase. */
  readonly guessNs: number;
  readonly sampleMs: number;
  readonly warmupMs: number;
  /** Untimed, before each sample: fresh data, dropped results. */
  before?(): void | Promise<void>;
  /** Runs the call `passes` times and returns the time of all of them; it alone reads the clock. */
  timed(passes: number): Promise<number>;
  /** Untimed, after each sample. */
  after?(): void;
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
  const passes = estimateNs < batchBelowNs ? Math.ceil(batchBelowNs / Math.max(estimateNs, 50)) : 1;
  const collects = estimateNs > collectAboveNs;
  const usage = new UsageMeter();
  const samplesNs: number[] = [];

  const bench = new Bench({
    time: request.sampleMs,
    iterations: minimumSamples(estimateNs),
    warmup: false,
    retainSamples: false,
    throws: true,
  });
  const sample = async () => {
    await request.before?.();
    if (collects) await collectEverywhere();
    usage.start();
    const batchNs = await request.timed(passes);
    usage.stop(passes);
    samplesNs.push(batchNs / passes);
    request.after?.();
    return { overriddenDuration: batchNs / 1e6 };
  };
  bench.add('series', sample, { async: true });
  await bench.run();
  return { samplesNs, passes, warmupCalls, ...(await usage.perCall()) };
}

/** DESIGN's guide: the longer the call, the fewer are needed to see its middle. */
function minimumSamples(estimateNs: number): number {
  if (estimateNs < 10e6) return 10;
  if (estimateNs <= 250e6) return 5;
  return estimateNs <= 1e9 ? 2 : 1;
}

/** Calls until the time is used and every worker's code has run often enough; none for calls above 1 s. */
async function warmUp(request: SeriesRequest): Promise<{ estimateNs: number; calls: number }> {
  if (request.guessNs > 1e9) return { estimateNs: request.guessNs, calls: 0 };
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
    if (estimateNs > 250e6) break;
  } while (
    spent() < request.warmupMs ||
    calls < 3 ||
    (fewestListsRun() < listsToWarmUp && spent() < 3 * request.warmupMs)
  );
  return { estimateNs, calls };
}
