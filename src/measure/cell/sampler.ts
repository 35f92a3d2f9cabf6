import { Bench } from 'tinybench';
import { fewestListsRun } from '../../workers/registry.js';
import { nowNs } from '../../workers/span-log.js';
import type { Sampling } from '../order.js';
import { spent } from './spent.js';
import { collectAboveNs, collectEverywhere, HeapWatch, touchedPages, UsageMeter } from './usage.js';

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
  const { estimateNs, calls: warmupCalls } = await spent.on('settling', () => warmUp(request));
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
    const batchNs = await spent.on('calls', () => request.timed(passes));
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

/** A series of many short calls is kept as so many samples at most: a record holds some kilobytes of it. */
const mostSteadySamples = 1_000;

/** So many calls are a steady series, however long each takes … */
const enoughCalls = 30;
/** … but no longer than so many times the time that is asked for: of dear calls rounds tell more than further ones. */
const mostTimes = 4;
const mostTimesDear = 2;

/** Before it, so much of the series' own time is spent with the same calls: the heap settles at its usual size. */
const settlingShare = 0.25;

export type SteadyRequest = Pick<SeriesRequest, 'guessNs' | 'sampleMs' | 'warmupMs' | 'least' | 'few'> & {
  /** The clock that counts is somebody else's: the whole time is what it says of all calls. */
  readonly isForeign: boolean;
  /** Lets go of the answer before, where that takes no time. */
  drop?(): void;
  timed: SeriesRequest['timed'];
  /** Untimed, after the very first call, before any that counts. */
  first(): void | Promise<void>;
};

/** A series whose calls follow one another as a program makes them. */
export interface SteadySeries extends SampledSeries {
  /** The whole time of the series by its calls, collections included: what a call costs who makes many. */
  readonly meanNs: number;
  /** Absent where calls are made elsewhere. */
  readonly newPages?: number;
}

/**
 * A steady series, back to back: warm code, a heap that has settled, no collection but the engine's own, no pause. As long
 * as asked for, and up to four times as long where it has fewer than 30 calls, or where garbage comes and was collected
 * less than three times so far: whether one collection more is in it would then show in its mean. A call that takes long
 * has no more than the time that is asked for: what its mean lacks, rounds give it.
 */
export async function steadySeries(request: SteadyRequest): Promise<SteadySeries> {
  const { sampleMs, timed, drop } = request;
  let isFirst = true;
  const { estimateNs, calls: warmupCalls } = await spent.on('settling', () =>
    warmUp({
      ...request,
      timed: async (passes) => {
        drop?.();
        const ns = await timed(passes);
        if (isFirst) await request.first();
        isFirst = false;
        return ns;
      },
    }),
  );
  const passes = Math.max(1, Math.ceil((sampleMs * 1e6) / mostSteadySamples / Math.max(estimateNs, 50)));
  const isLong = estimateNs > longNs;
  const most = estimateNs > middleNs ? mostTimesDear : mostTimes;
  let calls = 0;
  const heap = request.isForeign ? undefined : new HeapWatch();
  const goOnFor = async (samples: number[], ms: number, least: number) => {
    const began = nowNs();
    let timedNs = 0;
    heap?.begin(began);
    const isEnough = () => {
      const now = nowNs();
      heap?.look(now);
      const spentMs = (now - began) / 1e6;
      if (samples.length < least || spentMs < ms) return false;
      if (isLong || spentMs >= most * ms) return true;
      return samples.length * passes >= enoughCalls && heap?.isBetweenCollections !== true;
    };
    do {
      drop?.();
      const ns = await timed(passes);
      timedNs += ns;
      samples.push(ns / passes);
      calls += passes;
    } while (!isEnough());
    return request.isForeign ? timedNs : nowNs() - began;
  };
  // The first session and the series before have compiled a long call, and each makes as much garbage as it ever will.
  if (!isLong) await spent.on('settling', () => goOnFor([], settlingShare * sampleMs, 1));
  const settlingCalls = calls;
  calls = 0;
  const usage = new UsageMeter();
  const samplesNs: number[] = [];
  const pages = touchedPages();
  usage.start();
  const wholeNs = await spent.on('calls', () =>
    goOnFor(samplesNs, sampleMs, minimumSamples(estimateNs, request)),
  );
  usage.stop(calls);
  const newPages = (touchedPages() - pages) / calls;
  if (isFirst) await request.first();
  const used = await usage.perCall();
  return {
    samplesNs,
    passes,
    warmupCalls: warmupCalls + settlingCalls,
    ...used,
    meanNs: wholeNs / calls,
    ...(request.isForeign ? {} : { newPages }),
  };
}

/** DESIGN's guide: the longer the call, the fewer are needed to see its middle. */
function minimumSamples(estimateNs: number, { few, least }: Pick<SeriesRequest, 'few' | 'least'>): number {
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
async function warmUp(
  request: Pick<SeriesRequest, 'guessNs' | 'warmupMs' | 'few' | 'before' | 'timed'>,
): Promise<{ estimateNs: number; calls: number }> {
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
