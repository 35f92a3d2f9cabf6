import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dictionary } from '../../contract/dictionary.js';
import type { OpenRequest, Placed, Session, StagedSession, Strategy } from '../../contract/strategy.js';
import { type LoadedKernel, loadKernel } from '../../plugins/kernel.js';
import { loadSurface } from '../../plugins/load-module.js';
import { importStrategy } from '../../plugins/strategy.js';
import type { OneShotRecord } from '../../results/format.js';
import { readPeakBytes, resetPeak } from '../../workers/meters.js';
import { workerPeakBytes } from '../../workers/registry.js';
import { nowNs } from '../../workers/span-log.js';
import type { CellOrder } from '../order.js';
import type { Inputs } from './input.js';
import { longNs, middleNs } from './sampler.js';
import {
  type CellParts,
  isThenable,
  type StageTimes,
  type Subject,
  type TimedSession,
  type Watched,
} from './timed-session.js';
import { tracedCall } from './traced.js';
import { collectEverywhere, UsageMeter } from './usage.js';

/** What a session needs of the order's modules. */
interface Parts {
  readonly strategy: Strategy;
  readonly loaded: LoadedKernel;
}

export async function importParts(order: CellOrder): Promise<Parts> {
  const strategy = await importStrategy(order.strategy.module);
  return { strategy, loaded: await loadKernel(order.kernel) };
}

export function openRequest(
  order: CellOrder,
  { kernel, ref, plugin }: LoadedKernel,
  signal: AbortSignal,
): OpenRequest {
  return {
    kernel,
    ref,
    split: plugin.split,
    workers: order.workers,
    chunk: order.chunk,
    options: order.strategy.options,
    signal,
  };
}

/** A strategy whose data is in this process. */
export function dataHere(parts: CellParts): Subject {
  const { order, verifier, signal } = parts;
  let imported: Parts | undefined;
  let session: Session | undefined;
  return {
    prepare: async () => {
      await loadSurface([order.strategy.module, order.kernel.module], order.self?.self);
      await collectEverywhere();
      resetPeak();
      return process.memoryUsage.rss();
    },
    first: async () => {
      const { answer, record, ...rest } = await oneShot(parts);
      imported = rest;
      verifier.expect(rest.loaded.plugin);
      verifier.oneShot(answer);
      return record;
    },
    open: async () => {
      imported ??= await importParts(order);
      const { strategy, loaded } = imported;
      verifier.expect(loaded.plugin);
      session = await openSession(strategy, openRequest(order, loaded, signal));
      return timedHere(session, parts);
    },
    end: async () => {
      await session?.close();
    },
  };
}

/**
 * The one-shot account: a complete first session in a process that has started and holds the data. The user's script is
 * imported on the clock: the strategy, which stands for what it would say itself, and the kernel, which is told apart.
 * What both import from 'breakeven' was loaded before: a script that does one thing and ends has none of it. Its answer must not stay here: the second session would run
 * beside it.
 */
async function oneShot({
  order,
  input,
  signal,
}: CellParts): Promise<Parts & { readonly record: OneShotRecord; readonly answer: Dictionary }> {
  const usage = new UsageMeter();
  usage.start();
  const t0 = nowNs();
  const strategy = await importStrategy(order.strategy.module);
  const importedNs = nowNs();
  const loaded = await loadKernel(order.kernel);
  const t1 = nowNs();
  const session = await openSession(strategy, openRequest(order, loaded, signal));
  try {
    const t2 = nowNs();
    const answer = await callOnce(session, input);
    const t3 = nowNs();
    await session.close();
    const t4 = nowNs();
    usage.stop(1);
    const { cpuNs } = await usage.perCall();
    const kernelNs = t1 - importedNs;
    const phases = { importNs: t1 - t0, kernelNs, openNs: t2 - t1, runNs: t3 - t2, closeNs: t4 - t3 };
    return { record: { totalNs: t4 - t0, phases, cpuNs }, answer, strategy, loaded };
  } finally {
    await session.close();
  }
}

async function openSession(strategy: Strategy, request: OpenRequest): Promise<Session> {
  const opening = strategy.open(request);
  return isThenable(opening) ? await opening : opening;
}

/** By `run` where the session has it, else through the stages. */
async function callOnce(session: Session, input: Dictionary): Promise<Dictionary> {
  if (session.run === undefined) return (await runStages(session as StagedSession, input)).answer;
  const running = session.run(input);
  return isThenable(running) ? await running : running;
}

/** One way through the stages, one after another, each timed. */
export async function runStages(
  session: StagedSession,
  input: Dictionary,
): Promise<{ answer: Dictionary; times: StageTimes }> {
  const t0 = nowNs();
  const placing = session.place(input);
  const placed: Placed = isThenable(placing) ? await placing : placing;
  const t1 = nowNs();
  const computing = placed.compute();
  if (isThenable(computing)) await computing;
  const t2 = nowNs();
  const collecting = placed.collect();
  const answer = isThenable(collecting) ? await collecting : collecting;
  const t3 = nowNs();
  const releasing = placed.release?.();
  if (isThenable(releasing)) await releasing;
  const t4 = nowNs();
  return { answer, times: { place: t1 - t0, compute: t2 - t1, collect: t3 - t2, release: t4 - t3 } };
}

function timedHere(session: Session, parts: CellParts): TimedSession {
  const { order, input, inputs, freshener } = parts;
  const staged = session as StagedSession;
  let answer: Dictionary | undefined;
  const run = async (passes: number) => {
    // A tight loop over one call site: what is timed is what a user's loop would do.
    const began = nowNs();
    for (let pass = 0; pass < passes; pass++) {
      const running = (session as { run(input: Dictionary): Dictionary | Promise<Dictionary> }).run(
        inputs.next(),
      );
      answer = isThenable(running) ? await running : running;
    }
    return nowNs() - began;
  };
  return {
    runs: session.run !== undefined,
    stages: 'place' in session,
    withoutPlace: 'it has no place where data could stay between calls',
    isForeign: false,
    begin: () => inputs.restart(),
    change: (changed) => freshener.set(changed),
    run,
    throughStages: async () => {
      const way = await runStages(staged, inputs.next());
      answer = way.answer;
      return way.times;
    },
    answer: () => answer,
    onceMore: async (way) =>
      way === 'run' ? callOnce(session, input) : (await runStages(staged, input)).answer,
    drop: () => {
      answer = undefined;
    },
    place: async () => {
      const placed = await staged.place(input);
      const timed = async (passes: number) => {
        const start = nowNs();
        for (let pass = 0; pass < passes; pass++) {
          const computing = placed.compute();
          if (isThenable(computing)) await computing;
        }
        return nowNs() - start;
      };
      return { placed, timed };
    },
    watch: (guessNs) => watched(run, guessNs),
    stallNs: () => stallOf(session, inputs),
    trace: (warm) => tracedCall({ order, session, inputs }, warm),
    peakBytes: async () => {
      // High-water mark of the process tree; workers of other processes tell theirs when they collect their garbage.
      const own = readPeakBytes();
      await collectEverywhere();
      return own + workerPeakBytes();
    },
    everyWay: session,
    close: async () => {
      await session.close();
    },
    clocks: () => session.clocks?.(),
  };
}

/** The longest time in which the main thread's event loop could not turn: a server would have stood still so long. */
class StallMeter {
  private longest = 0;

  /** `resolutionMs`: how often the loop is asked; what is shorter is not seen. */
  constructor(private readonly resolutionMs: number) {}

  /**
   * Watches a call, or several with a tick between them. A monitor sees what lies between two of its ticks: it is let
   * tick before and after, and is a new one each time, since it would count what lay in between, too.
   */
  async around<T>(call: () => Promise<T>): Promise<T> {
    const delay = monitorEventLoopDelay({ resolution: this.resolutionMs });
    delay.enable();
    await this.tick();
    try {
      return await call();
    } finally {
      await this.tick();
      delay.disable();
      this.longest = Math.max(this.longest, delay.max);
    }
  }

  /** Nanoseconds, of all calls so far. A tick that comes late by less than twice the resolution says nothing. */
  get longestNs(): number {
    return Math.max(0, this.longest - this.resolutionMs * 2e6);
  }

  tick(): Promise<void> {
    return sleep(this.resolutionMs * 2);
  }
}

/** Beside a long call ten ticks in a tenth of a second are nothing; a short one is watched in `stallOf`. */
function watched(run: (passes: number) => Promise<number>, guessNs: number): Watched {
  if (guessNs <= middleNs) return { run, stallNs: () => undefined };
  const stall = guessNs > longNs ? new StallMeter(10) : undefined;
  // A call that awaits what is done already does not let the loop turn either.
  let turns = false;
  const watching = async (passes: number) => {
    const turned = setImmediate(() => {
      turns = true;
    });
    const ns = await run(passes);
    clearImmediate(turned);
    return ns;
  };
  return {
    run: (passes) => (stall === undefined ? watching(passes) : stall.around(() => watching(passes))),
    stallNs: (samplesNs) => (turns ? stall?.longestNs : Math.max(...samplesNs)),
  };
}

/** A few calls show how long the loop stands still in one. */
const stallCalls = 3;

async function stallOf(session: Session, inputs: Inputs): Promise<number> {
  const stall = new StallMeter(1);
  let ns = 0;
  await stall.around(async () => {
    for (let call = 0; call < stallCalls; call++) {
      const input = inputs.next();
      const began = nowNs();
      await callOnce(session, input);
      ns = Math.max(ns, nowNs() - began);
      await stall.tick();
    }
  });
  return Math.min(stall.longestNs, ns);
}
