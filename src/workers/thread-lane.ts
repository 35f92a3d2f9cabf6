import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { tailOf } from '../process/stderr-tail.js';
import { type Batch, isTyped, type Lane, movable, type Request, type WorkerSetup } from './messages.js';

/** Starts one worker thread that answers messages; process-lane.ts is its twin. */
export function threadLane(setup: WorkerSetup): Lane {
  const transfer = setup.transfer ? (request: Request) => movable(request as { batch?: Batch }) : undefined;
  return startThread(new URL('./thread-worker.js', import.meta.url), setup, transfer);
}

/** Starts a thread on a module of this folder, which says `{ type: 'ready' }` once it has loaded the kernel. */
export function startThread<Asked, Said extends { readonly type: string }>(
  entry: URL,
  setup: unknown,
  transfer: (request: Asked) => ArrayBuffer[] = () => [],
): Lane<Asked, Said> {
  const worker = new Worker(entry, {
    workerData: setup,
    stderr: true,
    // A worker's default heap limit is far below the main thread's: give it the same.
    resourceLimits: { maxOldGenerationSizeMb: Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20) },
  });
  const stderr = tailOf(worker.stderr);
  let ending = false;
  let failure: Error | undefined;
  let died: (cause: Error) => void = () => {};
  let replied: (reply: Said) => void = () => {};

  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (reply: Said) => {
      if (!isTyped(reply)) return;
      if (reply.type === 'ready') resolve();
      else replied(reply);
    });
    worker.on('messageerror', (cause) => {
      failure = cause;
      void worker.terminate();
    });
    worker.on('error', (cause) => {
      failure = cause;
    });
    worker.on('exit', (code) => {
      if (ending) return;
      const tail = stderr();
      const detail = failure?.message ?? (tail === '' ? '' : tail);
      const cause = new Error(`worker thread ended with exit code ${code}${detail && `: ${detail}`}`, {
        cause: failure,
      });
      reject(cause);
      died(cause);
    });
  });
  return {
    ready,
    send: (request) => worker.postMessage(request, transfer(request)),
    onReply: (handler) => {
      replied = handler;
    },
    onDeath: (handler) => {
      died = handler;
    },
    // A thread has nothing to save: to terminate it is to ask it, and cannot be refused.
    end: async () => {
      ending = true;
      await worker.terminate();
    },
  };
}
