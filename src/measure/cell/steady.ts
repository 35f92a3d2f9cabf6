import type { NotApplicable, ResidentRecord, StageSeries, WarmRecord } from '../../results/format.js';
import type { CellOrder } from '../order.js';
import { longNs, middleNs, type SampledSeries, type SeriesRequest, sampleSeries } from './sampler.js';
import type { CellParts, StageTimes, TimedSession } from './timed-session.js';

/** Rounds in which the stages of long calls are timed one by one, and garbage is left to the engine in dear ones. */
const lookedAtRounds = 2;

/** What a session is measured with. */
export interface SteadyRequest extends Pick<CellParts, 'order' | 'verifier'> {
  readonly session: TimedSession;
}

/**
 * The warm account: fresh data into the open session, answer out. `guessNs`: how long the first session's run took, which
 * decides whether there is time to warm up.
 */
export async function measureWarm(request: SteadyRequest, guessNs: number): Promise<WarmRecord> {
  const { session, order } = request;
  // `run` and nothing else, one answer at a time: whether a later call changes it is seen on a few lists alone.
  if (order.runAlone && session.runs) return runSeries(request, guessNs, false);
  const isWarmOnly = order.only === 'warm';
  const isKnown = (order.round ?? 0) >= lookedAtRounds;
  const isLong = guessNs > longNs && session.runs;
  // Where the time goes in a long call is known after some rounds; how long it takes is what more rounds are for.
  const needsStages = !session.runs || !((isKnown && guessNs > session.knownFromNs) || isWarmOnly);
  // Of a dear call: whether an answer is of the data at hand is seen in the first round alone.
  const looksOn = guessNs <= middleNs || (order.round ?? 0) === 0;
  const stages = session.stages && needsStages ? await stageSeries(request, guessNs, looksOn) : undefined;
  const run = session.runs ? await runSeries(request, guessNs, looksOn) : undefined;
  const { phasesNs: _, ...whole } = stages ?? { phasesNs: undefined, ...(run as SampledSeries) };
  const leavesGarbage = !(isLong && session.stages) && !(isKnown && guessNs > middleNs) && !isWarmOnly;
  const natural = leavesGarbage ? await session.natural?.(guessNs) : undefined;
  return { ...(run ?? whole), ...natural, ...(stages && { stages }) };
}

/** `run`, as the strategy's users would write it. */
async function runSeries(
  request: SteadyRequest,
  guessNs: number,
  looksOn: boolean,
): Promise<SampledSeries & { stallNs?: number }> {
  const { session, order, verifier } = request;
  const { run, stallNs } = session.watch?.(guessNs) ?? { run: session.run, stallNs: () => undefined };
  const series = await sampled(session, {
    guessNs,
    sampleMs: order.sampling.warmMs,
    ...usualSampling(order),
    few: order.only === 'warm' && guessNs > longNs,
    before: () => session.drop(),
    timed: run,
    after: once(async () => verifier.sample('warm', await session.answer())),
  });
  await checkLast(request, 'warm', looksOn);
  const stall = stallNs(series.samplesNs);
  return { ...series, ...(stall === undefined ? {} : { stallNs: stall }) };
}

/** place, compute, collect, release, one after another. */
async function stageSeries(request: SteadyRequest, guessNs: number, looksOn: boolean): Promise<StageSeries> {
  const { session, order, verifier } = request;
  const phasesNs = {
    place: [] as number[],
    compute: [] as number[],
    collect: [] as number[],
    release: [] as number[],
  };
  const phases = Object.keys(phasesNs) as (keyof StageTimes)[];
  const keep = once(async () => verifier.sample('stages', await session.answer()));
  let times: StageTimes[] = [];
  const series = await sampled(session, {
    guessNs,
    sampleMs: session.runs ? order.sampling.stagesMs : order.sampling.warmMs,
    ...usualSampling(order),
    few: session.runs,
    single: session.isForeign,
    before: () => session.drop(),
    timed: async (passes) => {
      times = [];
      for (let pass = 0; pass < passes; pass++) times.push(await session.throughStages());
      return times.reduce((sum, each) => sum + each.place + each.compute + each.collect + each.release, 0);
    },
    after: () => {
      for (const phase of phases)
        phasesNs[phase].push(times.reduce((sum, each) => sum + each[phase], 0) / times.length);
      return keep();
    },
  });
  await checkLast(request, 'stages', looksOn);
  return { ...series, phasesNs };
}

/** compute alone, into outputs that are there already. */
export async function measureResident(
  { session, order, verifier }: SteadyRequest,
  peakBytes: () => Promise<void>,
): Promise<ResidentRecord | NotApplicable> {
  if (!session.stages) return { status: 'not applicable', reason: session.withoutPlace };
  const { placed, timed } = await session.place();
  try {
    const guessNs = await timed(1);
    const series = await sampled(session, {
      guessNs,
      sampleMs: order.sampling.residentMs,
      ...usualSampling(order),
      timed,
    });
    await peakBytes();
    await verifier.resident(placed);
    return { status: 'measured', ...series, streamed: placed.streams === true };
  } finally {
    await placed.release?.();
  }
}

async function sampled(session: TimedSession, request: SeriesRequest): Promise<SampledSeries> {
  session.takeUsage?.();
  const series = await sampleSeries(request);
  return { ...series, ...session.takeUsage?.() };
}

function usualSampling({ sampling }: CellOrder): Pick<SeriesRequest, 'warmupMs' | 'least'> {
  return { warmupMs: sampling.warmupMs, least: sampling.least };
}

/** Fetching an answer may take longer than making it, and the first one is kept. */
function once(work: () => Promise<void>): () => Promise<void> | undefined {
  let isDone = false;
  return () => {
    if (isDone) return undefined;
    isDone = true;
    return work();
  };
}

/** The last answer of a series; with `looksOn` also one of a later call on other data, and whether the last is still the same. */
async function checkLast(
  { session, verifier }: SteadyRequest,
  series: 'warm' | 'stages',
  looksOn: boolean,
): Promise<void> {
  const stillSame = verifier.last(series, await session.answer());
  if (looksOn) {
    await session.change(true);
    verifier.later(await session.onceMore(series === 'warm' ? 'run' : 'stages'));
    stillSame(await session.answer());
    await session.change(false);
  }
  await session.drop();
}
