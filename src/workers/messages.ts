import type { KernelRef } from '../contract/kernel.js';
import type { ThreadTrace } from '../contract/trace.js';
import type { MarkedLists } from './marked-json.js';

/** Lists of one message, in the form in which the user's data is. Keys stay with the caller: nobody needs them there. */
export type Batch =
  | { readonly form: 'lists'; readonly lists: number[][] }
  | { readonly form: 'columns'; readonly lengths: Uint32Array; readonly values: Float64Array }
  | MarkedLists;

/** What the parent asks. `id` comes back with the answer. */
export type Request =
  | { readonly type: 'run'; readonly id: number; readonly batch: Batch }
  | { readonly type: 'place'; readonly id: number; readonly batch: Batch }
  | { readonly type: 'compute'; readonly id: number }
  | { readonly type: 'collect'; readonly id: number; readonly placed: number }
  | { readonly type: 'poison'; readonly id: number }
  | { readonly type: 'release'; readonly id: number }
  | { readonly type: 'collect-garbage'; readonly id: number }
  /** From here on the worker notes what it does, until the trace is taken. */
  | { readonly type: 'start-trace'; readonly id: number }
  | { readonly type: 'take-trace'; readonly id: number };

/** What a worker stamps beside each answer; clocks are `process.hrtime`, comparable across threads and processes. */
export interface Stamp {
  /** When the kernel's work for this message began and ended. */
  readonly fromNs: number;
  readonly toNs: number;
  /** Lists the kernel was run on. */
  readonly lists: number;
  /** Garbage collection since the last stamp, forced ones excluded. */
  readonly gcNs: number;
  /** CPU time since the last stamp: only where the worker is a process of its own, else 0. */
  readonly cpuNs: number;
  /** Likewise, and only in answers to `collect-garbage`. */
  readonly peakBytes: number;
}

export type Reply =
  | { readonly type: 'ready' }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly stamp: Stamp;
      readonly batch?: Batch;
      /** Answer to `take-trace`; times are `process.hrtime`. */
      readonly trace?: ThreadTrace;
    }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

/** Whether it is a message at all: a kernel may find a way to send something else for its worker. */
export function isTyped(message: unknown): message is { readonly type: string } {
  return typeof message === 'object' && message !== null && 'type' in message;
}

/** Whether it is an answer that a job can be ended with. */
export function isAnswer(reply: Reply): reply is Exclude<Reply, { readonly type: 'ready' }> {
  if (reply.type === 'failed') return true;
  return reply.type === 'done' && typeof reply.stamp === 'object' && reply.stamp !== null;
}

/** With what a worker starts. */
export interface WorkerSetup {
  readonly ref: KernelRef;
  /** Answers go back as JSON: numbers that JSON loses are marked. */
  readonly json: boolean;
  /** Packed numbers are moved, not copied, in both directions: only between threads. */
  readonly transfer?: boolean;
}

/** The memory of a message that can be moved to another thread: the sender has it no more. */
export function movable({ batch }: { readonly batch?: Batch }): ArrayBuffer[] {
  if (batch?.form !== 'columns') return [];
  return [batch.lengths.buffer as ArrayBuffer, batch.values.buffer as ArrayBuffer];
}
