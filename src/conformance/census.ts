import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { listProcessIds, readLivingProcess } from '../files/identity.js';
import { readReaperPid } from '../process/reaper/reaper.js';

/** Between the end of a child and its last trace in the system. */
const graceMs = 500;

/** Threads and processes that were started since it began: who may be killed, and who is left after `close`. */
export class Census {
  private readonly threads = new Set<Worker>();
  private readonly before = new Set(childrenOf(process.pid));
  private readonly note = (worker: Worker) => {
    this.threads.add(worker);
    worker.once('exit', () => this.threads.delete(worker));
  };

  constructor() {
    process.on('worker', this.note);
  }

  /** How many there are. Processes are seen through /proc: elsewhere none. */
  get size(): number {
    return this.threads.size + this.children().length;
  }

  /** Ends one worker as an accident would; false where there is none. */
  async killOne(): Promise<boolean> {
    const [pid] = this.children();
    if (pid !== undefined) return kill(pid);
    const [thread] = this.threads;
    await thread?.terminate();
    return thread !== undefined;
  }

  /** Waits a moment until nobody is left; returns how many are. Whoever closes has waited already. */
  async left(): Promise<number> {
    // Node tells of a new worker in a later turn of the event loop.
    await sleep(0);
    const until = performance.now() + graceMs;
    while (this.size > 0 && performance.now() < until) await sleep(5);
    return this.size;
  }

  /** Ends whoever is left: the next case begins alone. */
  async end(): Promise<void> {
    process.off('worker', this.note);
    for (const pid of this.children()) kill(pid);
    await Promise.all([...this.threads].map((thread) => thread.terminate()));
  }

  private children(): number[] {
    // The reaper is the tool's own, and stays.
    const reaper = readReaperPid();
    return childrenOf(process.pid).filter((pid) => pid !== reaper && !this.before.has(pid));
  }
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    // It ended before us.
    return false;
  }
}

/** Living children; none where the system has no /proc. */
function childrenOf(parent: number): number[] {
  return (listProcessIds() ?? []).filter((pid) => readLivingProcess(pid)?.parent === parent);
}
