import type { NotApplicable, ResidentRecord, StageSeries, WarmRecord } from '../../results/format.js';
import type { CellOrder } from '../order.js';
import {
  longNs,
  middleNs,
  type SampledSeries,
  type SeriesRequest,
  type SteadySeries,
  sampleSeries,
  steadySeries,
} from './sampler.js';
import { spent } from './spent.js';
import type { CellParts, StageTimes, TimedSession } from './timed-session.js';
import { collectAboveNs } from './usage.js';

/** Rounds in which the stages of dear calls are timed one by one, and their calls without garbage. */
const lookedAtRounds = 2;
/** Of long ones in the first. */
const lookedAtRoundsOfLong = 1;

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
  // `run` and nothing else, one answer at a time: there is no room for garbage, and whether a later call changes an answer
  // is seen on a few lists alone.
  if (order.runAlone && session.runs) return collectedSeries(request, guessNs, 'warm');
  const isWarmOnly = order.only === 'warm';
  const isKnown = (order.round ?? 0) >= (guessNs > longNs ? lookedAtRoundsOfLong : lookedAtRounds);
  // Where the time goes in a dear call is known after some rounds; how long it takes is what more rounds are for.
  const looksInside = !((isKnown && guessNs > middleNs) || isWarmOnly);
  // Of a dear call: whether an answer is of the data at hand is seen in the first round alone.
  const looksOn = guessNs <= middleNs || (order.round ?? 0) === 0;
  const stages =
    session.stages && (looksInside || !session.runs)
      ? await stageSeries(request, guessNs, looksOn)
      : undefined;
  const steady = await runSteady(request, guessNs, looksOn);
  if (isWarmOnly) return { ...steady, ...(stages && { stages }) };
  const collects = session.runs && guessNs > collectAboveNs && looksInside;
  const { stallNs, ...collected } = collects ? await collectedSeries(request, guessNs, 'collected') : {};
  const stall =
    stallNs ?? (guessNs <= middleNs ? await spent.on('traces', async () => session.stallNs?.()) : undefined);
  return {
    ...steady,
    ...(collects && { collected: collected as SampledSeries }),
    ...(stall === undefined ? {} : { stallNs: stall }),
    ...(stages && { stages }),
  };
}

/** As a program would make them for long: `run`, as the strategy's users would write it, else the stages. */
async function runSteady(request: SteadyRequest, guessNs: number, looksOn: boolean): Promise<SteadySeries> {
  const { session, order, verifier } = request;
  const throughStages = async (passes: number) => {
    let ns = 0;
    for (let pass = 0; pass < passes; pass++) ns += wholeOf(await session.throughStages());
    return ns;
  };
  session.begin?.();
  session.takeUsage?.();
  const series = await steadySeries({
    guessNs,
    sampleMs: order.sampling.warmMs,
    ...usualSampling(order),
    few: order.only === 'warm' && guessNs > longNs,
    isForeign: session.isForeign,
    ...(session.isForeign ? {} : { drop: () => void session.drop() }),
    timed: session.runs ? session.run : throughStages,
    first: async () => verifier.sample('warm', await session.answer()),
  });
  const usage = session.takeUsage?.();
  await checkLast(request, 'warm', looksOn, session.runs ? 'run' : 'stages');
  return { ...series, ...usage };
}

/** The same calls with everybody's garbage collected before each, and watched for how long the event loop stands still. */
async function collectedSeries(
  request: SteadyRequest,
  guessNs: number,
  name: 'warm' | 'collected',
): Promise<SampledSeries & { stallNs?: number }> {
  const { session, order, verifier } = request;
  const { run, stallNs } = session.watch?.(guessNs) ?? { run: session.run, stallNs: () => undefined };
  const series = await sampled(session, {
    guessNs,
    sampleMs: name === 'warm' ? order.sampling.warmMs : order.sampling.stagesMs,
    ...usualSampling(order),
    few: name === 'collected',
    before: () => session.drop(),
    timed: run,
    after: once(async () => verifier.sample(name, await session.answer())),
  });
  await checkLast(request, name, false, 'run');
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
    sampleMs: order.sampling.stagesMs,
    ...usualSampling(order),
    few: session.runs,
    single: session.isForeign,
    before: () => session.drop(),
    timed: async (passes) => {
      times = [];
      for (let pass = 0; pass < passes; pass++) times.push(await session.throughStages());
      return times.reduce((sum, each) => sum + wholeOf(each), 0);
    },
    after: () => {
      for (const phase of phases)
        phasesNs[phase].push(times.reduce((sum, each) => sum + each[phase], 0) / times.length);
      return keep();
    },
  });
  await checkLast(request, 'stages', looksOn, 'stages');
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
      // The one before was like them: data and outputs are where they were.
      few: guessNs > middleNs,
      timed,
    });
    await peakBytes();
    await spent.on('checks', () => verifier.resident(placed, guessNs > middleNs));
    return { status: 'measured', ...series, streamed: placed.streams === true };
  } finally {
    await placed.release?.();
  }
}

async function sampled(session: TimedSession, request: SeriesRequest): Promise<SampledSeries> {
  session.begin?.();
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

function wholeOf({ place, compute, collect, release }: StageTimes): number {
  return place + compute + collect + release;
}

/** The last answer of a series; with `looksOn` also one of a later call on other data, and whether the last is still the same. */
async function checkLast(
  { session, verifier }: SteadyRequest,
  series: 'warm' | 'collected' | 'stages',
  looksOn: boolean,
  way: 'run' | 'stages',
): Promise<void> {
  await spent.on('checks', async () => {
    const stillSame = verifier.last(series, await session.answer());
    if (looksOn) {
      await session.change(true);
      verifier.later(await session.onceMore(way));
      stillSame(await session.answer());
      await session.change(false);
    }
    await session.drop();
  });
}
