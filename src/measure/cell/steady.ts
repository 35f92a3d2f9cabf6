import type { Dictionary } from '../../contract/dictionary.js';
import type { Session, StagedSession } from '../../contract/strategy.js';
import type { NotApplicable, ResidentRecord, StageSeries, WarmRecord } from '../../results/format.js';
import { readPeakBytes } from '../../workers/meters.js';
import { workerPeakBytes } from '../../workers/registry.js';
import type { CellOrder } from '../order.js';
import { isThenable, nowNs } from './clock.js';
import type { Freshener } from './input.js';
import { naturalPass } from './natural.js';
import { longNs, type SampledSeries, sampleSeries } from './sampler.js';
import { runStages, type StageTimes } from './stages.js';
import { StallMeter } from './stall.js';
import { collectEverywhere } from './usage.js';
import type { Verifier } from './verify.js';

/** Calls from here on are dear. */
const middleNs = 20e6;

/** Rounds in which the stages of long calls are timed one by one, and garbage is left to the engine in dear ones. */
const lookedAtRounds = 2;

export interface Steady {
  readonly warm: WarmRecord;
  readonly resident: ResidentRecord | NotApplicable;
  /** Read after the last sample, before anything is verified. */
  readonly peakBytes: number;
}

/** What a session is measured with. */
export interface SteadyRequest {
  readonly order: CellOrder;
  readonly session: Session;
  readonly input: Dictionary;
  readonly freshener: Freshener;
  readonly verifier: Verifier;
  /** How long the first session's run took: decides whether there is time to warm up. */
  readonly guessNs: number;
}

/** A series with the check that its last answer is still what it was: for after a later call. */
type Kept<S> = S & { readonly stillSame: () => void };

/** Warm and resident, from the second session of the process. */
export async function steady(request: SteadyRequest): Promise<Steady> {
  const { session, order } = request;
  if (order.runAlone && session.run !== undefined) return runAlone(request, session);
  const isLong = request.guessNs > longNs && session.run !== undefined;
  const staged = 'place' in session ? session : undefined;
  const isKnown = isKnownByNow(request.order, request.guessNs);
  // Where the time goes in a long call is known after some rounds; how long it takes is what more rounds are for.
  const isWarmOnly = order.only === 'warm';
  const stages =
    staged && !((isLong && isKnown) || (isWarmOnly && session.run !== undefined))
      ? await stageSeries(request, staged, session.run === undefined)
      : undefined;
  const run = session.run === undefined ? undefined : await runSeries(request, session);
  const { stillSame, ...warm } = run ?? (stages as Kept<StageSeries>);
  // Long calls are many enough already: the first session, the stages and the samples had fresh data each.
  const natural = (isLong && staged !== undefined) || isKnown || isWarmOnly ? {} : await naturalPass(request);
  const record: WarmRecord = {
    ...warm,
    ...natural,
    ...(stages ? { stages: withoutCheck(stages) } : {}),
  };
  stillSame();
  if (isWarmOnly) return { warm: record, resident: notAsked, peakBytes: await peakBytes() };
  return { warm: record, ...(await residentSeries(request, staged)) };
}

const notAsked: NotApplicable = { status: 'not applicable', reason: 'the warm account alone was asked for' };

/** `run` and nothing else, one answer at a time: whether a later call changes it is seen on a few lists alone. */
async function runAlone(request: SteadyRequest, session: Session): Promise<Steady> {
  const { stillSame: _, ...warm } = await runSeries(request, session);
  const reason = 'data, outputs and answers do not fit into this machine’s memory together';
  return { warm, resident: { status: 'not applicable', reason }, peakBytes: await peakBytes() };
}

/** Of a dear call: in the rounds before it was seen where its time goes. */
export function isKnownByNow({ round = 0 }: CellOrder, guessNs: number): boolean {
  return guessNs > middleNs && round >= lookedAtRounds;
}

/** A record is plain data. */
function withoutCheck({ stillSame: _, ...series }: Kept<StageSeries>): StageSeries {
  return series;
}

/** `run`, as the strategy's users would write it. */
async function runSeries(
  request: SteadyRequest,
  session: Session,
): Promise<Kept<SampledSeries & { stallNs?: number }>> {
  const { order, input, freshener, verifier, guessNs } = request;
  let answer: Dictionary | undefined;
  const isDear = guessNs > middleNs;
  // A call that awaits what is done already does not let the loop turn either.
  let turns = false;
  // Beside a long call ten ticks in a tenth of a second are nothing; a short one is watched in naturalPass.
  const stall = guessNs > longNs ? new StallMeter(10) : undefined;
  const timed = async (passes: number) => {
    // A tight loop over one call site: what is timed is what a user's loop would do.
    const began = nowNs();
    for (let pass = 0; pass < passes; pass++) {
      const running = (session as { run(input: Dictionary): Dictionary | Promise<Dictionary> }).run(input);
      answer = isThenable(running) ? await running : running;
    }
    return nowNs() - began;
  };
  const watched = async (passes: number) => {
    const turned = setImmediate(() => {
      turns = true;
    });
    const ns = await timed(passes);
    clearImmediate(turned);
    return ns;
  };
  const series = await sampleSeries({
    guessNs,
    sampleMs: order.sampling.warmMs,
    warmupMs: order.sampling.warmupMs,
    least: order.sampling.least,
    few: order.only === 'warm' && guessNs > longNs,
    before: () => {
      answer = undefined;
      freshener.flip();
    },
    timed: (passes) => {
      if (!isDear) return timed(passes);
      return stall === undefined ? watched(passes) : stall.around(() => watched(passes));
    },
    after: () => verifier.sample('warm', answer),
  });
  const stallNs = !isDear || turns ? stall?.longestNs : Math.max(...series.samplesNs);
  return {
    ...series,
    ...(stallNs === undefined ? {} : { stallNs }),
    stillSame: verifier.last('warm', answer),
  };
}

/** place, compute, collect, release, one after another. */
async function stageSeries(
  request: SteadyRequest,
  session: StagedSession,
  isWarm: boolean,
): Promise<Kept<StageSeries>> {
  const { order, input, freshener, verifier, guessNs } = request;
  let answer: Dictionary | undefined;
  let times: StageTimes[] = [];
  const phasesNs = {
    place: [] as number[],
    compute: [] as number[],
    collect: [] as number[],
    release: [] as number[],
  };
  const series = await sampleSeries({
    guessNs,
    sampleMs: isWarm ? order.sampling.warmMs : order.sampling.stagesMs,
    warmupMs: order.sampling.warmupMs,
    least: order.sampling.least,
    few: !isWarm,
    before: () => {
      answer = undefined;
      freshener.flip();
    },
    timed: async (passes) => {
      times = [];
      let ns = 0;
      for (let pass = 0; pass < passes; pass++) {
        const way = await runStages(session, input);
        answer = way.answer;
        times.push(way.times);
        ns += way.times.place + way.times.compute + way.times.collect + way.times.release;
      }
      return ns;
    },
    after: () => {
      for (const phase of ['place', 'compute', 'collect', 'release'] as const) {
        phasesNs[phase].push(times.reduce((sum, each) => sum + each[phase], 0) / times.length);
      }
      verifier.sample('stages', answer);
    },
  });
  const stillSame = verifier.last('stages', answer);
  // Where `run` comes next, the check would hold this answer through all of its samples.
  return { ...series, phasesNs, stillSame: isWarm ? stillSame : () => {} };
}

/** compute alone, into outputs that are there already. */
export async function residentSeries(
  { order, input, freshener, verifier }: Omit<SteadyRequest, 'guessNs'>,
  session: StagedSession | undefined,
): Promise<Pick<Steady, 'resident' | 'peakBytes'>> {
  if (session === undefined) {
    const reason = 'it has no place where data could stay between calls';
    return { resident: { status: 'not applicable', reason }, peakBytes: await peakBytes() };
  }
  freshener.set(false);
  const placed = await session.place(input);
  try {
    const began = nowNs();
    await placed.compute();
    const series = await sampleSeries({
      guessNs: nowNs() - began,
      sampleMs: order.sampling.residentMs,
      warmupMs: order.sampling.warmupMs,
      least: order.sampling.least,
      timed: async (passes) => {
        const start = nowNs();
        for (let pass = 0; pass < passes; pass++) {
          const computing = placed.compute();
          if (isThenable(computing)) await computing;
        }
        return nowNs() - start;
      },
    });
    const peak = await peakBytes();
    await verifier.resident(placed);
    const streamed = placed.streams === true;
    return { resident: { status: 'measured', ...series, streamed }, peakBytes: peak };
  } finally {
    await placed.release?.();
  }
}

/** High-water mark of the process tree; workers of other processes tell theirs when they collect their garbage. */
async function peakBytes(): Promise<number> {
  const own = readPeakBytes();
  await collectEverywhere();
  return own + workerPeakBytes();
}
