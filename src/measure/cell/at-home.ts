import type { HomeSession, HomeTime } from '../../contract/program.js';
import { everyWay, placedIn } from '../../programs/from-node.js';
import type {
  Measured,
  OneShotRecord,
  ResidentRecord,
  StageSeries,
  WarmRecord,
} from '../../results/format.js';
import type { CellOrder } from '../order.js';
import type { CellParts, CellProgress } from './life.js';
import { importParts, openRequest } from './one-shot.js';
import { type SampledSeries, type SeriesRequest, sampleSeries } from './sampler.js';
import { isKnownByNow } from './steady.js';

/** What a program with its own data is measured with. */
type HomeRequest = Omit<CellParts, 'signal'> & { readonly session: HomeSession };

/** Numbers under which the program keeps an answer: the one that is looked at, and later ones. */
const looked = 0;
const later = 1;

type Phase = keyof StageSeries['phasesNs'];
const phases: readonly Phase[] = ['place', 'compute', 'collect', 'release'];

/**
 * A cell whose data starts in a program: the accounts are the same, the clock is the program's own, checked against
 * the one around each message. In no account: starting it, its imports, bringing the data into its native form.
 */
export async function measureAtHome(
  parts: CellParts,
  say: (progress: CellProgress) => void,
): Promise<Omit<Measured, 'elements'>> {
  const { order, input, verifier, signal } = parts;
  const { strategy, loaded } = await importParts(order);
  if (strategy.home === undefined) throw new Error(`${order.label} has no data at home in a program`);
  verifier.expect(loaded.plugin);
  const session = await strategy.home.start(openRequest(order, loaded, signal));
  const request: HomeRequest = { ...parts, session };
  try {
    await session.load(input);
    const baseBytes = session.memory().residentBytes;
    // Until here nothing was on anybody's account: a bound of its time begins here.
    say({ type: 'started' });
    const oneShot = order.only === 'resident' ? undefined : await firstSession(request);
    if (oneShot !== undefined) say({ type: 'one-shot', totalNs: oneShot.totalNs });
    await session.open();
    const warm = oneShot === undefined ? undefined : await warmSeries(request, oneShot.phases.runNs);
    const resident = session.stages ? await residentSeries(request) : streamsPast;
    const { peakBytes } = session.memory();
    const accounts = oneShot === undefined || warm === undefined ? {} : { oneShot, warm };
    await verifier.afterwards(everyWay(session));
    await session.close();
    const clocks = session.clocks();
    await session.end();
    return { status: 'measured', ...accounts, resident, peakBytes, baseBytes, clocks };
  } finally {
    await session.end();
  }
}

const streamsPast = {
  status: 'not applicable',
  reason: 'its data passes through it at every call',
} as const;

async function firstSession({ session, verifier }: HomeRequest): Promise<OneShotRecord> {
  const opened = await session.open();
  const run = session.runs ? await session.run(1, looked) : (await stagesOnce(session, looked)).whole;
  verifier.oneShot(await session.fetch(looked));
  await session.drop(looked);
  const closed = await session.close();
  const phases = { importNs: 0, openNs: opened.ns, runNs: run.ns, closeNs: closed.ns };
  const parts = [opened, run, closed];
  return { totalNs: sum(parts, 'ns'), phases, cpuNs: sum(parts, 'cpuNs') };
}

/** `run` where the program has it; else its stages. */
async function warmSeries(request: HomeRequest, guessNs: number): Promise<WarmRecord> {
  const { session, order } = request;
  const stages =
    session.stages && !(session.runs && isKnownByNow(order, guessNs))
      ? await stageSeries(request, guessNs)
      : undefined;
  const run = session.runs ? await runSeries(request, guessNs) : undefined;
  const { phasesNs: _, ...whole } = stages ?? { phasesNs: undefined, ...(run as SampledSeries) };
  return { ...(run ?? whole), ...(stages === undefined ? {} : { stages }) };
}

async function runSeries(request: HomeRequest, guessNs: number): Promise<SampledSeries> {
  const { session } = request;
  const series = await homeSeries(request, 'warm', guessNs, (passes) => session.run(passes, looked));
  await lastAnswer(request, 'warm', () => session.run(1, later));
  return series;
}

/** The last answer of a series, one of a later call on other data, and the last one once more: is it still the same? */
async function lastAnswer(
  request: HomeRequest,
  name: string,
  callOnceMore: () => Promise<unknown>,
): Promise<void> {
  const { session, verifier } = request;
  const stillSame = verifier.last(name, await session.fetch(looked));
  await freshData(request);
  await callOnceMore();
  verifier.later(await session.fetch(later));
  stillSame(await session.fetch(looked));
  for (const answer of [looked, later]) await session.drop(answer);
}

async function stageSeries(request: HomeRequest, guessNs: number): Promise<StageSeries> {
  const { session } = request;
  const seen: Record<Phase, number[]> = { place: [], compute: [], collect: [], release: [] };
  const series = await homeSeries(request, 'stages', guessNs, async () => {
    const once = await stagesOnce(session, looked);
    for (const phase of phases) seen[phase].push(once.phases[phase].ns);
    return once.whole;
  });
  await lastAnswer(request, 'stages', () => stagesOnce(session, later));
  // The last ones are the samples'; those before warmed up.
  for (const phase of phases) seen[phase].splice(0, seen[phase].length - series.samplesNs.length);
  return { ...series, phasesNs: seen };
}

async function residentSeries(request: HomeRequest): Promise<ResidentRecord> {
  const { session, freshener, verifier, order } = request;
  freshener.set(false);
  await tellFirst(request);
  const placed = await placedIn(session);
  const { ns: guessNs } = await session.compute(1);
  const cpu = new CpuMean();
  const series = await sampleSeries({
    guessNs,
    ...samplingOf(order, order.sampling.residentMs),
    timed: async (passes) => cpu.of(await session.compute(passes), passes),
  });
  await verifier.resident(placed);
  await session.release();
  return { status: 'measured', ...series, cpuNs: cpu.mean, gcNs: 0, streamed: false };
}

/** Samples with fresh data each; the first answer is kept, the last one stays in the program. */
async function homeSeries(
  request: HomeRequest,
  name: 'warm' | 'stages',
  guessNs: number,
  call: (passes: number) => Promise<HomeTime>,
): Promise<SampledSeries> {
  const { session, order, verifier } = request;
  const cpu = new CpuMean();
  let isKept = false;
  const series = await sampleSeries({
    guessNs,
    few: name === 'stages' && session.runs,
    single: name === 'stages',
    ...samplingOf(order, name === 'warm' || !session.runs ? order.sampling.warmMs : order.sampling.stagesMs),
    before: async () => {
      await session.drop(looked);
      await freshData(request);
    },
    timed: async (passes) => cpu.of(await call(passes), passes),
    after: async () => {
      // Fetching an answer may take longer than making it.
      if (isKept) return;
      isKept = true;
      verifier.sample(name, await session.fetch(looked));
    },
  });
  return { ...series, cpuNs: cpu.mean, gcNs: 0 };
}

function samplingOf(
  { sampling }: CellOrder,
  sampleMs: number,
): Pick<SeriesRequest, 'sampleMs' | 'warmupMs' | 'least'> {
  return { sampleMs, warmupMs: sampling.warmupMs, least: sampling.least };
}

async function freshData(request: HomeRequest): Promise<void> {
  request.freshener.flip();
  await tellFirst(request);
}

/** The program's data becomes as the user's is now. Messages know no NaN, no Infinity and no −0: files do. */
async function tellFirst({ session, freshener, input }: HomeRequest): Promise<void> {
  const { first } = freshener;
  if (first === undefined) return;
  if (Number.isFinite(first) && !Object.is(first, -0)) await session.fresh(first);
  else await session.load(input);
}

/** One way through the stages. */
async function stagesOnce(session: HomeSession, answer: number) {
  const place = await session.place();
  const compute = await session.compute(1);
  const collect = await session.collect(answer);
  const release = await session.release();
  return {
    phases: { place, compute, collect, release },
    whole: [place, compute, collect, release].reduce(added),
  };
}

function added(a: HomeTime, b: HomeTime): HomeTime {
  return { ns: a.ns + b.ns, cpuNs: a.cpuNs + b.cpuNs };
}

function sum(times: readonly HomeTime[], which: keyof HomeTime): number {
  return times.reduce((total, time) => total + time[which], 0);
}

/** Mean CPU time per call, of what a program says. */
class CpuMean {
  private ns = 0;
  private calls = 0;

  /** Notes a time of so many calls, and hands on how long they took. */
  of({ ns, cpuNs }: HomeTime, calls: number): number {
    this.ns += cpuNs;
    this.calls += calls;
    // A clock that did not move says nothing, and times have logarithms.
    return Math.max(1, ns);
  }

  get mean(): number {
    return this.calls === 0 ? 0 : this.ns / this.calls;
  }
}
