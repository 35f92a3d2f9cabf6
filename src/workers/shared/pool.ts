import type { Kernel, KernelRef } from '../../contract/kernel.js';
import type { ThreadTrace } from '../../contract/trace.js';
import type { Lane } from '../messages.js';
import { callersLog, registerPool } from '../registry.js';
import { startThread } from '../thread-lane.js';
import { type Area, type Engine, runUnit, wordsPerUnit } from './area.js';
import { Board, collectGarbage, nothing, startTrace, takeTrace } from './board.js';
import { Caller, type Step } from './caller.js';
import type { AreaNotice, ThreadReply, ThreadSetup } from './messages.js';

export interface SharedPoolRequest {
  readonly kernel: Kernel;
  readonly ref: KernelRef;
  /** With the caller, who works too: one fewer threads are started. */
  readonly workers: number;
  /** The caller's own engine. */
  readonly engine: Engine;
  /** href of the module from which threads make theirs: see EngineModule. The kernel's own functions where absent. */
  readonly engineModule?: string;
  /** Aborting ends the threads at once and rejects what is running. */
  readonly signal?: AbortSignal;
}

/** Data passes through a ring: the caller fills units and takes answers away while others are computed. */
export interface Passage {
  readonly count: number;
  /** Brings the numbers of unit `index` into the area, and writes its words. */
  fill(index: number): void;
  /** Takes the answers of unit `index` away; called in order. */
  empty(index: number): void;
}

/**
 * Threads that compute in memory which they share with the caller. Units of work are taken by an atomic counter, by the
 * caller too; nothing is sent per call. Calls that end soon block and return nothing, longer ones a promise.
 */
export interface SharedPool {
  readonly workers: number;
  /** Makes an area known to all; its number. */
  add(area: Area): number;
  forget(id: number): void;
  /** Computes every unit of an area. */
  compute(id: number): void | Promise<void>;
  /** Computes what passes through an area, whose units are its slots. */
  pass(id: number, passage: Passage): void | Promise<void>;
  /** Every thread answers once, without work: what dispatch and join cost. */
  meet(): void | Promise<void>;
  /** Ends the threads; a second call does nothing. */
  close(): Promise<void>;
}

/** Resolves when every thread has loaded kernel and engine. */
export async function sharedPool(request: SharedPoolRequest): Promise<SharedPool> {
  const { kernel, ref, workers, engine, engineModule, signal } = request;
  const board = new Board(workers);
  const lanes = Array.from({ length: workers - 1 }, (_, thread): Lane<AreaNotice, ThreadReply> => {
    const setup: ThreadSetup = { ref, engine: engineModule, board: board.buffer, workers, thread };
    return startThread(new URL('./thread.js', import.meta.url), setup);
  });
  const caller = new Caller(board, workers - 1);
  const traces = new Traces();
  const areas = new Map<number, { readonly area: Area; readonly run: (unit: number) => number }>();
  const reduces = kernel.kind === 'reduce';
  let nextArea = 1;
  let closing: Promise<void> | undefined;

  const close = () => {
    closing ??= (async () => {
      unregister();
      signal?.removeEventListener('abort', abort);
      caller.break(new Error('the pool is closed'));
      await Promise.all(lanes.map((lane) => lane.end()));
    })();
    return closing;
  };
  const abort = () => {
    caller.break(new Error('aborted'));
    void close();
  };
  lanes.forEach((lane, thread) => {
    lane.onDeath((cause) => {
      caller.break(new Error(`worker ${thread + 1} of ${workers}: ${cause.message}`, { cause }));
      // Nobody can say any more which units are finished: none shall go on writing.
      void Promise.all(lanes.map((each) => each.end()));
    });
    lane.onReply((reply) => {
      if (reply.type === 'traced') traces.take(reply.trace);
      if (reply.type === 'failed') caller.failed(new Error(`in worker ${thread + 1}: ${reply.message}`));
    });
  });
  const unregister = registerPool({
    workers,
    collectGarbage: async () => caller.carryOut(askAll(collectGarbage)),
    startTrace: async () => caller.carryOut(askAll(startTrace)),
    takeTrace: async () => {
      const all = traces.expect(lanes.length);
      await caller.carryOut(askAll(takeTrace));
      return Promise.race([all, caller.broken]);
    },
    report: () => caller.report((worker, stamp) => unregister.note(worker, stamp)),
  });
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  try {
    await Promise.race([Promise.all(lanes.map((lane) => lane.ready)), caller.broken]);
  } catch (cause) {
    await close();
    throw cause;
  }

  const known = (id: number) => {
    const found = areas.get(id);
    if (found === undefined) throw new Error(`area ${id} was forgotten`);
    return found;
  };

  /** Asks every thread; done when all have answered. */
  function askAll(what: number): () => Step {
    let begun = false;
    return () => {
      if (!begun) board.askAll(what);
      begun = true;
      return board.allHaveAnswered ? 'done' : 'idle';
    };
  }

  return {
    workers,
    add(area) {
      const id = nextArea++;
      const areaKernel = engine(area);
      areas.set(id, { area, run: (unit) => runUnit(area, areaKernel, reduces, unit) });
      for (const lane of lanes) lane.send({ type: 'area', id, area });
      return id;
    },
    forget(id) {
      areas.delete(id);
      if (closing === undefined) for (const lane of lanes) lane.send({ type: 'forget', id });
    },
    compute(id) {
      const { area, run } = known(id);
      let begun = false;
      return caller.carryOut(() => {
        if (!begun) {
          board.begin(id);
          board.publish(area.units.length / wordsPerUnit);
          callersLog()?.since('transfer');
          begun = true;
        }
        return caller.workOn(run) ?? (board.isFinished ? 'done' : 'idle');
      });
    },
    pass(id, { count, fill, empty }) {
      const { area, run } = known(id);
      const finished = area.finished;
      if (finished === undefined) throw new Error(`area ${id} is no ring`);
      const slots = finished.length;
      let filled = -1;
      let emptied = 0;
      return caller.carryOut(() => {
        const log = callersLog();
        if (filled < 0) {
          finished.fill(0);
          board.begin(id);
          filled = 0;
          log?.since('transfer');
        }
        if (emptied === count) return 'done';
        if (filled < count && filled - emptied < slots) {
          log?.wake();
          fill(filled++);
          log?.since('pack');
          board.publish(1);
          log?.since('transfer');
          return 'worked';
        }
        if (Atomics.load(finished, emptied % slots) === ((emptied + 1) | 0)) {
          log?.wake();
          empty(emptied++);
          log?.since('merge');
          return 'worked';
        }
        return caller.workOn(run) ?? 'idle';
      });
    },
    meet: () => caller.carryOut(askAll(nothing)),
    close,
  };
}

/** What the threads say after a traced call, one message each. */
class Traces {
  private readonly said: ThreadTrace[] = [];
  private expected = Number.POSITIVE_INFINITY;
  private resolve: (traces: readonly ThreadTrace[]) => void = () => {};

  expect(threads: number): Promise<readonly ThreadTrace[]> {
    this.said.length = 0;
    this.expected = threads;
    const all = new Promise<readonly ThreadTrace[]>((resolve) => {
      this.resolve = resolve;
    });
    if (threads === 0) this.resolve([]);
    return all;
  }

  take(trace: ThreadTrace): void {
    this.said.push(trace);
    if (this.said.length === this.expected) this.resolve([...this.said]);
  }
}
