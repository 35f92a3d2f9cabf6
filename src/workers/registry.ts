import type { Activity, Span, ThreadTrace } from '../contract/trace.js';
import type { Stamp } from './messages.js';
import { nowNs, SpanLog } from './span-log.js';

/*
 * All pools of this process. The driver must reach every isolate (to collect garbage outside the clock) and must know
 * what each one spent, without any strategy having to measure itself.
 */
interface RegisteredPool {
  readonly workers: number;
  collectGarbage(): Promise<void>;
  /** Notes what its workers spent, where no message tells of it. */
  report?(): void;
  /** Its workers note what they do; absent in pools of a checkout that cannot. */
  startTrace?(): Promise<void>;
  takeTrace?(): Promise<readonly ThreadTrace[]>;
  /** Activities that its workers cannot stamp in place. */
  readonly estimated?: readonly Activity[];
}

/** What the workers of all pools spent since the last `takeTally`. */
export interface Tally {
  /** Time in the kernel, summed over workers. */
  busyNs: number;
  gcNs: number;
  /** CPU time of worker processes; threads are in the driver's own. */
  cpuNs: number;
  /** Messages answered. */
  answers: number;
}

export interface Registration {
  (): void;
  note(worker: number, stamp: Stamp): void;
}

interface Registry {
  readonly pools: Set<RegisteredPool>;
  readonly peaks: Map<string, number>;
  readonly listsRun: Map<string, number>;
  tally: Tally;
  registered: number;
  /** What the caller does; only while a call is traced. */
  log?: SpanLog;
}

/**
 * Shared by every copy of this module in the process: when two checkouts are compared, a strategy brings the pools of
 * its own, and the driver is another.
 */
const key = Symbol.for('breakeven.pools');
const shared = globalThis as { [key]?: Registry };
shared[key] ??= {
  pools: new Set(),
  peaks: new Map(),
  listsRun: new Map(),
  tally: emptyTally(),
  registered: 0,
};
const registry: Registry = shared[key];
const { pools, peaks, listsRun } = registry;

export function registerPool(pool: RegisteredPool): Registration {
  const name = `pool${registry.registered++}`;
  pools.add(pool);
  for (let worker = 0; worker < pool.workers; worker++) listsRun.set(`${name}.${worker}`, 0);
  const unregister = () => {
    pools.delete(pool);
    for (let worker = 0; worker < pool.workers; worker++) listsRun.delete(`${name}.${worker}`);
  };
  const note = (worker: number, stamp: Stamp) => {
    const own = `${name}.${worker}`;
    const { tally } = registry;
    tally.busyNs += stamp.toNs - stamp.fromNs;
    tally.gcNs += stamp.gcNs;
    tally.cpuNs += stamp.cpuNs;
    tally.answers++;
    if (stamp.peakBytes > 0) peaks.set(own, stamp.peakBytes);
    if (listsRun.has(own)) listsRun.set(own, (listsRun.get(own) ?? 0) + stamp.lists);
  };
  return Object.assign(unregister, { note });
}

export function takeTally(): Tally {
  reportAll();
  const taken = registry.tally;
  registry.tally = emptyTally();
  return taken;
}

/** What the caller does is noted here while a call is traced; else undefined. */
export function callersLog(): SpanLog | undefined {
  return registry.log;
}

/** Does `work`, and notes what the caller did where the call is traced. */
export function trace<T>(activity: Activity, work: () => T): T {
  const { log } = registry;
  if (log === undefined) return work();
  const fromNs = nowNs();
  try {
    return work();
  } finally {
    log.add(activity, fromNs, nowNs());
  }
}

/** Calls one after another, and what the workers did meanwhile. All times are `nowNs`. */
export interface TracedCalls {
  readonly calls: readonly {
    readonly fromNs: number;
    readonly toNs: number;
    /** The caller's. */
    readonly spans: readonly Span[];
  }[];
  readonly workers: readonly ThreadTrace[];
  readonly estimated: readonly Activity[];
}

/** Traces some calls: the caller and the workers of every open pool note what they do. `before` each is not traced. */
export async function traceCalls(
  count: number,
  before: () => void | Promise<void>,
  call: () => Promise<void>,
): Promise<TracedCalls> {
  const traced = [...pools];
  for (const pool of traced) await pool.startTrace?.();
  const calls: TracedCalls['calls'][number][] = [];
  try {
    for (let number = 0; number < count; number++) {
      await before();
      const log = new SpanLog();
      registry.log = log;
      const fromNs = nowNs();
      await call();
      calls.push({ fromNs, toNs: nowNs(), spans: log.spans });
      registry.log = undefined;
    }
    const workers: ThreadTrace[] = [];
    for (const pool of traced) workers.push(...((await pool.takeTrace?.()) ?? []));
    const estimated = [...new Set(traced.flatMap((pool) => pool.estimated ?? []))];
    return { calls, workers, estimated };
  } finally {
    registry.log = undefined;
  }
}

/** Every worker of every open pool collects its garbage. */
export async function collectGarbageInPools(): Promise<void> {
  for (const pool of pools) await pool.collectGarbage();
}

export function hasPools(): boolean {
  return pools.size > 0;
}

/** Lists that the least used worker of the open pools has run: each isolate's code warms up alone. */
export function fewestListsRun(): number {
  reportAll();
  return listsRun.size === 0 ? Number.POSITIVE_INFINITY : Math.min(...listsRun.values());
}

/** Sum over the worker processes of their highest resident size so far; an upper bound of what they held together. */
export function workerPeakBytes(): number {
  const byWorker = new Map<string, number>();
  // Pools of one process run one after another: at the peak there was only the larger of each worker's namesakes.
  for (const [name, bytes] of peaks) {
    const worker = name.slice(name.indexOf('.'));
    byWorker.set(worker, Math.max(byWorker.get(worker) ?? 0, bytes));
  }
  return [...byWorker.values()].reduce((sum, bytes) => sum + bytes, 0);
}

function reportAll(): void {
  for (const pool of registry.pools) pool.report?.();
}

function emptyTally(): Tally {
  return { busyNs: 0, gcNs: 0, cpuNs: 0, answers: 0 };
}
