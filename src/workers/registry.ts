import type { Stamp } from './messages.js';

/*
 * All pools of this process. The driver must reach every isolate (to collect garbage outside the clock) and must know
 * what each one spent, without any strategy having to measure itself.
 */
interface RegisteredPool {
  readonly workers: number;
  collectGarbage(): Promise<void>;
  /** Notes what its workers spent, where no message tells of it. */
  report?(): void;
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
