import type { HomeSession, HomeTime } from '../../contract/program.js';
import { everyWay, placedIn } from '../../plugins/external/from-node.js';
import type { OneShotRecord } from '../../results/format.js';
import { importParts, openRequest } from './here.js';
import type { CellParts, StageTimes, Subject, TimedSession } from './timed-session.js';

/** Numbers under which the program keeps an answer: the one that is looked at, and a later one. */
const looked = 0;
const later = 1;

/**
 * A cell whose data starts in a program: the clock is the program's own, checked against the one around each message. In
 * no account: starting it, its imports, bringing the data into its native form.
 */
export function dataAtHome(parts: CellParts): Subject {
  const { order, input, verifier, signal } = parts;
  let session: HomeSession | undefined;
  const opened = () => {
    if (session === undefined) throw new Error(`${order.label} has not been prepared`);
    return session;
  };
  return {
    prepare: async () => {
      const { strategy, loaded } = await importParts(order);
      if (strategy.home === undefined) throw new Error(`${order.label} has no data at home in a program`);
      verifier.expect(loaded.plugin);
      session = await strategy.home.start(openRequest(order, loaded, signal));
      await session.load(input);
      return session.memory().residentBytes;
    },
    first: () => firstSession(opened(), parts),
    open: async () => {
      await opened().open();
      return timedAtHome(opened(), parts);
    },
    end: async () => {
      await session?.end();
    },
  };
}

async function firstSession(session: HomeSession, { verifier }: CellParts): Promise<OneShotRecord> {
  const opened = await session.open();
  const run = session.runs ? await session.run(1, looked) : (await onceThrough(session, looked)).whole;
  verifier.oneShot(await session.fetch(looked));
  await session.drop(looked);
  const closed = await session.close();
  const phases = { importNs: 0, openNs: opened.ns, runNs: run.ns, closeNs: closed.ns };
  const { ns, cpuNs } = [opened, run, closed].reduce(added);
  return { totalNs: ns, phases, cpuNs };
}

function timedAtHome(session: HomeSession, { input, freshener }: CellParts): TimedSession {
  const cpu = new CpuMean();
  /** The program's data becomes as the user's is now. Messages know no NaN, no Infinity and no −0: files do. */
  const tellFirst = async () => {
    const { first } = freshener;
    if (first === undefined) return;
    if (Number.isFinite(first) && !Object.is(first, -0)) await session.fresh(first);
    else await session.load(input);
  };
  return {
    runs: session.runs,
    stages: session.stages,
    withoutPlace: 'its data passes through it at every call',
    isForeign: true,
    // Its data stays where it is: it knows no second one.
    change: (changed) => {
      freshener.set(changed);
      return tellFirst();
    },
    run: async (passes) => cpu.of(await session.run(passes, looked), passes),
    throughStages: async () => {
      const { times, whole } = await onceThrough(session, looked);
      cpu.of(whole, 1);
      return times;
    },
    answer: () => session.fetch(looked),
    onceMore: async (way) => {
      if (way === 'run') await session.run(1, later);
      else await onceThrough(session, later);
      return session.fetch(later);
    },
    drop: async () => {
      for (const answer of [looked, later]) await session.drop(answer);
    },
    place: async () => {
      const timed = async (passes: number) => cpu.of(await session.compute(passes), passes);
      return { placed: await placedIn(session), timed };
    },
    takeUsage: () => ({ cpuNs: cpu.take(), gcNs: 0 }),
    peakBytes: () => session.memory().peakBytes,
    everyWay: everyWay(session),
    close: async () => {
      await session.close();
    },
    clocks: () => session.clocks(),
  };
}

/** One way through the stages. */
async function onceThrough(session: HomeSession, answer: number) {
  const place = await session.place();
  const compute = await session.compute(1);
  const collect = await session.collect(answer);
  const release = await session.release();
  const times: StageTimes = {
    place: place.ns,
    compute: compute.ns,
    collect: collect.ns,
    release: release.ns,
  };
  return { times, whole: [place, compute, collect, release].reduce(added) };
}

function added(a: HomeTime, b: HomeTime): HomeTime {
  return { ns: a.ns + b.ns, cpuNs: a.cpuNs + b.cpuNs };
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

  /** Of the calls since it was taken last. */
  take(): number {
    const mean = this.calls === 0 ? 0 : this.ns / this.calls;
    this.ns = 0;
    this.calls = 0;
    return mean;
  }
}
