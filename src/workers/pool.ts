import type { SerializationType } from 'node:child_process';
import type { KernelRef } from '../contract/kernel.js';
import type { ThreadTrace } from '../contract/trace.js';
import { type Batch, isAnswer, type Lane, type Request, type Stamp } from './messages.js';
import { processLane } from './process-lane.js';
import { callersLog, registerPool } from './registry.js';
import { nowNs } from './span-log.js';
import { threadLane } from './thread-lane.js';

export interface PoolRequest {
  readonly ref: KernelRef;
  readonly workers: number;
  /** Aborting ends the workers at once and rejects what is running. */
  readonly signal?: AbortSignal;
}

export type ThreadPoolRequest = PoolRequest & { readonly transfer?: boolean };

export type ProcessPoolRequest = PoolRequest & { readonly serialization: SerializationType };

export type WithoutId = Request extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

export interface IdentifiedAnswer {
  readonly id: number;
  readonly stamp: Stamp;
  readonly batch?: Batch;
  readonly trace?: ThreadTrace;
}

/** Workers that hold a kernel. The same face for threads and for processes. */
export interface Pool {
  readonly workers: number;
  /** Answers must go as marked JSON lists. */
  readonly json: boolean;
  /** Numbers are packed and moved to and fro. */
  readonly transfer: boolean;
  /** Sends one request to one worker; rejects when it fails there or when any worker dies. */
  ask(worker: number, request: WithoutId): Promise<IdentifiedAnswer>;
  /**
   * Keeps every worker busy until `take` has no job left for it. Each worker has two in hand, so that sending the next
   * job overlaps computing this one. `take` is called just before sending, `done` with each answer as it arrives.
   */
  dispatch<Job extends { readonly request: WithoutId }>(
    take: (worker: number) => Job | undefined,
    done: (job: Job, answer: IdentifiedAnswer, worker: number) => void,
  ): Promise<void>;
  /** Ends the workers; a second call does nothing. */
  close(): Promise<void>;
}

const jobsInHand = 2;

/** Of messages, over all pools: a trace tells them apart by it. */
let nextId = 1;

/**
 * Worker threads; messages by structured clone, or with their numbers packed and moved (`transfer`). Resolves when every
 * worker has loaded the kernel.
 */
export function threadPool(request: ThreadPoolRequest): Promise<Pool> {
  const setup = { ref: request.ref, json: false, transfer: request.transfer ?? false };
  return openPool(request, { ...setup, separate: false }, () => threadLane(setup));
}

/** Forked processes; messages as JSON or by V8's serializer ('advanced'). */
export function processPool(request: ProcessPoolRequest): Promise<Pool> {
  const json = request.serialization === 'json';
  const setup = { ref: request.ref, json };
  return openPool(request, { json, transfer: false, separate: true }, () =>
    processLane(setup, request.serialization),
  );
}

async function openPool(
  request: PoolRequest,
  { json, transfer, separate }: Pick<Pool, 'json' | 'transfer'> & { readonly separate: boolean },
  start: () => Lane,
): Promise<Pool> {
  const lanes = Array.from({ length: request.workers }, start);
  const waiting = new Map<number, { resolve(answer: IdentifiedAnswer): void; reject(cause: Error): void }>();
  let broken: Error | undefined;
  let closing: Promise<void> | undefined;
  let stopOpening: (cause: Error) => void = () => {};

  const fail = (cause: Error) => {
    broken ??= cause;
    stopOpening(cause);
    for (const { reject } of waiting.values()) reject(cause);
    waiting.clear();
  };
  lanes.forEach((lane, worker) => {
    lane.onDeath((cause) =>
      fail(new Error(`worker ${worker + 1} of ${lanes.length}: ${cause.message}`, { cause })),
    );
    lane.onReply((reply) => {
      if (!isAnswer(reply)) return;
      callersLog()?.calledBack('deserialise', reply.id);
      const job = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.type === 'failed') return job?.reject(new Error(`in worker ${worker + 1}: ${reply.message}`));
      unregister.note(worker, reply.stamp);
      job?.resolve(reply);
    });
  });

  const ask: Pool['ask'] = (worker, request) =>
    new Promise((resolve, reject) => {
      const log = callersLog();
      const fromNs = log === undefined ? 0 : nowNs();
      if (broken !== undefined) return reject(broken);
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      try {
        lanes[worker].send({ ...request, id } as Request);
        log?.add('serialise', fromNs, nowNs(), id);
      } catch (cause) {
        waiting.delete(id);
        reject(cause as Error);
      }
    });

  const askAll = (request: WithoutId) => Promise.all(lanes.map((_, worker) => ask(worker, request)));

  const dispatch: Pool['dispatch'] = async (take, done) => {
    let failed = false;
    const work = async (worker: number) => {
      try {
        const next = () => {
          const job = take(worker);
          callersLog()?.since('pack');
          return job;
        };
        for (let job = next(); job !== undefined && !failed; job = next()) {
          const answer = await ask(worker, job.request);
          // It has come, and has waited for its turn.
          callersLog()?.since('transfer', answer.id);
          done(job, answer, worker);
          callersLog()?.since('merge');
        }
      } catch (cause) {
        // The other hands stop too: nobody waits for what they would still do.
        failed = true;
        throw cause;
      }
    };
    const hands: Promise<void>[] = [];
    // All first hands before any second: with few jobs, every worker gets one before any gets two.
    for (let hand = 0; hand < jobsInHand * lanes.length; hand++) hands.push(work(hand % lanes.length));
    await Promise.all(hands);
  };

  const close = () => {
    closing ??= (async () => {
      unregister();
      request.signal?.removeEventListener('abort', abort);
      const running = waiting.size > 0;
      fail(new Error(running ? 'the pool was closed while a job was running' : 'the pool is closed'));
      await Promise.all(lanes.map((lane) => lane.end()));
    })();
    return closing;
  };
  const abort = () => {
    fail(new Error('aborted'));
    void close();
  };
  const unregister = registerPool({
    workers: lanes.length,
    collectGarbage: async () => {
      await askAll({ type: 'collect-garbage' });
    },
    startTrace: async () => {
      await askAll({ type: 'start-trace' });
    },
    takeTrace: async () =>
      (await askAll({ type: 'take-trace' })).map(({ trace }) => trace ?? { spans: [], gc: [] }),
    // A pipe is read in pieces while the worker writes: what of it is deserialising nobody can see from outside.
    estimated: separate ? ['deserialise'] : [],
  });
  request.signal?.addEventListener('abort', abort, { once: true });
  // A worker that is ended before it was ready never says so: opening must end with the pool.
  const stopped = new Promise<never>((_, reject) => {
    stopOpening = reject;
  });
  if (request.signal?.aborted) abort();
  try {
    await Promise.race([Promise.all(lanes.map((lane) => lane.ready)), stopped]);
    stopOpening = () => {};
  } catch (cause) {
    await close();
    throw cause;
  }
  return { workers: lanes.length, json, transfer, ask, dispatch, close };
}
