import { getHeapStatistics } from 'node:v8';
import { GcMeter } from '../../workers/meters.js';
import { collectGarbageInPools, hasPools, type Tally, takeTally } from '../../workers/registry.js';
import { spent } from './spent.js';

/** What the samples of one series used, summed; divided by the calls it gives means. */
export class UsageMeter {
  private cpuNs = 0;
  private workersGcNs = 0;
  private busyNs = 0;
  private calls = 0;
  private answers = 0;
  private startCpuNs = 0;
  private startMs = 0;
  /** From and to of each sample, on the clock of garbage-collection entries. */
  private readonly windows: (readonly [fromMs: number, toMs: number])[] = [];

  constructor() {
    mainGc.take();
  }

  /** Just before the clock starts: what was spent until here belongs to nobody. */
  start(): void {
    takeTally();
    this.startMs = performance.now();
    this.startCpuNs = processCpuNs();
  }

  /** Just after the clock stopped. */
  stop(calls: number): void {
    const ownCpuNs = processCpuNs() - this.startCpuNs;
    this.windows.push([this.startMs, performance.now()]);
    const workers: Tally = takeTally();
    this.cpuNs += ownCpuNs + workers.cpuNs;
    this.workersGcNs += workers.gcNs;
    this.busyNs += workers.busyNs;
    this.answers += workers.answers;
    this.calls += calls;
  }

  async perCall(): Promise<{ cpuNs: number; gcNs: number; busyNs?: number }> {
    await turns();
    const calls = Math.max(1, this.calls);
    let at = 0;
    // Both come in order of time: one walk over the windows serves all collections.
    const inSample = (startMs: number) => {
      while (at < this.windows.length && this.windows[at][1] < startMs) at++;
      return at < this.windows.length && this.windows[at][0] <= startMs;
    };
    const means = { cpuNs: this.cpuNs / calls, gcNs: (mainGc.take(inSample) + this.workersGcNs) / calls };
    return this.answers > 0 ? { ...means, busyNs: this.busyNs / calls } : means;
  }
}

/** Lets the event loop turn, so that the last garbage collections are told of. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** CPU time of this process, all its threads included. */
function processCpuNs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1_000;
}

/** Pages that this process and its threads have touched for the first time, each a fault that no disk is asked for. */
export function touchedPages(): number {
  return process.resourceUsage().minorPageFault;
}

/** Below this, collecting before each sample would cost more than the sample. */
export const collectAboveNs = 1e6;

/** A heap that has grown by less since it was last collected holds no garbage that could be charged to anybody. */
const noGarbageBytes = 256 * 1024;

let heldBytes = 0;

/** Every isolate collects: garbage of one sample must not be charged to the next. */
export function collectEverywhere(): Promise<void> {
  return spent.on('garbage', collect);
}

async function collect(): Promise<void> {
  if (globalThis.gc !== undefined && usedBytes() - heldBytes > noGarbageBytes) {
    globalThis.gc();
    heldBytes = usedBytes();
  }
  if (hasPools()) await collectGarbageInPools();
}

function usedBytes(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}

/** What a heap that is collected now and then has to be asked for: a look takes a microsecond or two. */
const lookEveryNs = 1e6;

/** From so many collections on it makes little difference whether a series has one more. */
const enoughCollections = 3;

/**
 * Sees the engine's collections between calls, by how much is held: what would tell of them needs turns of the event loop,
 * which a series of calls that are done at once does not have.
 */
export class HeapWatch {
  private collections = 0;
  private grownBytes = 0;
  private lastBytes = 0;
  private lookedNs = 0;

  constructor(private readonly readBytes: () => number = usedBytes) {}

  begin(nowNs: number): void {
    this.collections = 0;
    this.grownBytes = 0;
    this.lastBytes = this.readBytes();
    this.lookedNs = nowNs;
  }

  /** Looks where there was no look for a while. */
  look(nowNs: number): void {
    if (nowNs - this.lookedNs < lookEveryNs) return;
    const bytes = this.readBytes();
    if (bytes < this.lastBytes - noGarbageBytes) this.collections++;
    else this.grownBytes += Math.max(0, bytes - this.lastBytes);
    this.lastBytes = bytes;
    this.lookedNs = nowNs;
  }

  /** Garbage is made, and too seldom collected for a mean in which collections have their share. */
  get isBetweenCollections(): boolean {
    return this.collections < enoughCollections && (this.collections > 0 || this.grownBytes > semiSpaceBytes);
  }
}

/** So much garbage and the young generation is collected; whoever made less in a whole series makes next to none. */
const semiSpaceBytes = 4 * 2 ** 20;

/** Garbage-collection time of the main isolate; forced collections do not count. */
export const mainGc = new GcMeter();
