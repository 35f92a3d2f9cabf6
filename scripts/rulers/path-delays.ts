import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { KernelRef } from '../../src/contract/kernel.js';
import type { Session } from '../../src/contract/strategy.js';
import type { PathPart } from '../../src/contract/trace.js';
import { generate } from '../../src/dictionary/generate.js';
import { traceOf } from '../../src/measure/cell/traced.js';
import { timed } from '../../src/measure/machine/spin.js';
import { findKernel, loadKernel } from '../../src/plugins/kernel.js';
import { findStrategies } from '../../src/plugins/strategy.js';
import { criticalPath } from '../../src/results/trace/critical-path.js';
import { type Pool, processPool, threadPool } from '../../src/workers/pool.js';
import { pooledSession } from '../../src/workers/pooled-session.js';
import { nowNs } from '../../src/workers/span-log.js';
import { median } from '../figures/figure.js';
import type { Ruler } from './ruler.js';

/** Calls with the delay and without it, in turns. */
const pairs = 9;

/** One message per list. */
const keys = 8;

const input = generate({ keys, length: 100, skew: 'equal', values: 'doubles', seed: 1 }, 'lists');

/** Work without a list of its own costs next to nothing; what is put in is told apart from it by its size. */
const littleMicroseconds = 20;
const muchMicroseconds = 8_000;

/** Steps of work: about 5 ms per message. */
const steps = 2_000_000;

/** A known amount of real work in one part of a call, and the two sessions that differ in it. */
interface Delay {
  readonly part: PathPart;
  readonly where: string;
  /** What the work takes where nothing else runs, on the critical path. */
  readonly knownNs: number;
  readonly without: Session;
  readonly with: Session;
}

/** Work that is put into one part of a call must be found in that part, within 10 %. */
export async function pathDelays(): Promise<Ruler[]> {
  const rulers: Ruler[] = [];
  for (const make of [inThreads, inProcesses, inCompute, inSharedCompute]) {
    for (const delay of await make()) {
      const foundNs: number[] = [];
      for (let pair = 0; pair < pairs; pair++)
        foundNs.push((await partOf(delay.with, delay.part)) - (await partOf(delay.without, delay.part)));
      rulers.push(rulerOf(delay, median(foundNs)));
      await delay.with.close();
      await delay.without.close();
    }
  }
  return rulers;
}

async function partOf(session: Session, part: PathPart): Promise<number> {
  return criticalPath(await traceOf(() => session.run?.(input)))[part];
}

function rulerOf({ part, where, knownNs }: Delay, foundNs: number): Ruler {
  const ms = (ns: number) => `${(ns / 1e6).toFixed(1)} ms`;
  const ratio = foundNs / knownNs;
  return {
    name: `${where}: ${ms(knownNs)} of work in ${part}`,
    seen: `${ms(foundNs)} found there, ${ratio.toFixed(2)}×`,
    bar: '0.90 to 1.10×',
    holds: ratio >= 0.9 && ratio <= 1.1,
  };
}

async function inThreads(): Promise<Delay[]> {
  const ref = await burn(littleMicroseconds);
  return onPool('worker-threads', ref, () => threadPool({ ref, workers: 1 }));
}

async function inProcesses(): Promise<Delay[]> {
  const ref = await burn(littleMicroseconds);
  const open = () => processPool({ ref, workers: 1, serialization: 'json' });
  const delays = await onPool('child-process[serialization=json]', ref, open);
  // Its deserialising is an estimate.
  return delays.filter(({ part }) => part !== 'deserialise');
}

/** Before a message is sent, while it is serialised, while it is read, and after it has come. */
async function onPool(where: string, ref: KernelRef, open: () => Promise<Pool>): Promise<Delay[]> {
  const work = () => void timed(steps);
  const payload = Array.from({ length: 2_000_000 }, (_, i) => i % 1_000);
  const ways: readonly (readonly [part: PathPart, knownNs: number, delays: Delays, messages?: number])[] = [
    ['pack', timeOf(work), { beforeSending: work }],
    ['merge', timeOf(work), { afterReceiving: work }],
    ['serialise', timeOf(work), { sent: worksWhenRead(work) }],
    // In one message: while a worker reads one, the caller would serialise the next, and that is then the path.
    ['deserialise', await deserialisingNs(payload), { sent: payload }, 1],
  ];
  const delays: Delay[] = [];
  for (const [part, knownNs, put, messages = keys] of ways) {
    const session = async (own: Delays) => sessionOf(ref, delayed(await open(), own), keys / messages);
    delays.push({
      part,
      where,
      knownNs: messages * knownNs,
      without: await session({}),
      with: await session(put),
    });
  }
  return delays;
}

interface Delays {
  beforeSending?(): void;
  afterReceiving?(): void;
  /** Goes with each request; no worker looks at it. */
  readonly sent?: unknown;
}

function delayed(pool: Pool, { beforeSending, afterReceiving, sent }: Delays): Pool {
  return {
    ...pool,
    dispatch: (take, done) =>
      pool.dispatch(
        (worker) => {
          const job = take(worker);
          if (job === undefined) return undefined;
          beforeSending?.();
          return sent === undefined ? job : { ...job, request: { ...job.request, sent } };
        },
        (job, answer, worker) => {
          afterReceiving?.();
          done(job, answer, worker);
        },
      ),
  };
}

/** Both serialisers read a property by calling its getter. */
function worksWhenRead(work: () => void): object {
  return {
    get value() {
      work();
      return 0;
    },
  };
}

/** The kernel's own work, in a worker. */
async function inCompute(): Promise<Delay[]> {
  const delays: Delay[] = [];
  for (const [where, open] of [
    ['worker-threads', (ref: KernelRef) => threadPool({ ref, workers: 1 })],
    [
      'child-process[serialization=json]',
      (ref: KernelRef) => processPool({ ref, workers: 1, serialization: 'json' }),
    ],
  ] as const) {
    const [little, much] = [await burn(littleMicroseconds), await burn(muchMicroseconds)];
    const session = async (ref: KernelRef) => sessionOf(ref, await open(ref));
    const knownNs = keys * (await burningNs());
    delays.push({
      part: 'compute',
      where,
      knownNs,
      without: await session(little),
      with: await session(much),
    });
  }
  return delays;
}

/** Shared by two, the caller one of them: half of it is on the path. */
async function inSharedCompute(): Promise<Delay[]> {
  const where = 'worker-threads-shared';
  const [{ strategy }] = await findStrategies([where]);
  const session = async (cost: number) => {
    const { kernel, plugin, ref } = await loadKernel(await burn(cost));
    const { signal } = new AbortController();
    const { split } = plugin;
    return strategy.open({ kernel, ref, split, workers: 2, chunk: 'key', options: {}, signal });
  };
  const knownNs = (keys * (await burningNs())) / 2;
  const [without, much] = [await session(littleMicroseconds), await session(muchMicroseconds)];
  return [{ part: 'compute', where: `${where}, by two`, knownNs, without, with: much }];
}

async function sessionOf(ref: KernelRef, pool: Pool, chunk = 1): Promise<Session> {
  const { kernel, plugin } = await loadKernel(ref);
  const { signal } = new AbortController();
  const { split } = plugin;
  return pooledSession(pool, { kernel, ref, split, workers: 1, chunk, options: {}, signal });
}

let rate: number | undefined;

async function burn(cost: number): Promise<KernelRef> {
  const { module, plugin } = await findKernel('burn');
  rate ??= Number(plugin.calibrate?.().rate);
  return { module, options: { cost, rate } };
}

/** What the much work takes longer than the little, alone on this thread. */
async function burningNs(): Promise<number> {
  const times: number[] = [];
  for (const cost of [littleMicroseconds, muchMicroseconds]) {
    const { kernel } = await loadKernel(await burn(cost));
    if (kernel.kind !== 'map') throw new Error('burn is a map');
    const out: number[] = [];
    times.push(timeOf(() => kernel.list([1, 2, 3], out)));
  }
  return times[1] - times[0];
}

function timeOf(work: () => void): number {
  const times: number[] = [];
  for (let run = 0; run < 7; run++) {
    const began = nowNs();
    work();
    times.push(nowNs() - began);
  }
  return median(times);
}

/** What it takes a thread to deserialise the payload, garbage collection left out. */
async function deserialisingNs(payload: unknown): Promise<number> {
  const { port1, port2 } = new MessageChannel();
  const receiver = new Worker(new URL('./path-receiver.js', import.meta.url), {
    workerData: port2,
    transferList: [port2],
  });
  const times: number[] = [];
  // The first ones grow its heap.
  for (let run = 0; run < 17; run++) {
    port1.postMessage(payload);
    receiver.postMessage('take');
    const [ns] = await once(receiver, 'message');
    if (run >= 8) times.push(ns);
  }
  await receiver.terminate();
  return median(times);
}
