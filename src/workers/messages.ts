import type { KernelRef } from '../contract/kernel.js';
import type { ThreadTrace } from '../contract/trace.js';

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

/**
 * Lists for a JSON channel. JSON turns NaN and ±Infinity into null and −0 into 0, so their places are listed beside
 * them: for each mark, the list, the first index, how many in a row, and the value's name. Looking for them is part of
 * the cost of JSON.
 */
interface MarkedLists {
  readonly form: 'marked';
  readonly lists: number[][];
  readonly marks: readonly Mark[];
}

type Mark = readonly [list: number, index: number, count: number, value: SpecialName];

type SpecialName = 'NaN' | 'Infinity' | '-Infinity' | '-0';

const special: Readonly<Record<SpecialName, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '-0': -0,
};

/** Marks what JSON would lose; the lists themselves are not copied and not changed. */
export function mark(lists: number[][]): MarkedLists {
  const marks: Mark[] = [];
  for (let list = 0; list < lists.length; list++) {
    const xs = lists[list];
    for (let index = 0; index < xs.length; index++) {
      const x = xs[index];
      // x - x is 0 for every finite number; the division tells −0 from 0.
      if (x - x !== 0 || (x === 0 && 1 / x < 0)) {
        const count = runLength(xs, index);
        marks.push([list, index, count, nameOf(x)]);
        index += count - 1;
      }
    }
  }
  return { form: 'marked', lists, marks };
}

/** Puts the marked values back, in place: the lists were made by JSON.parse and belong to nobody else. */
export function unmark(marked: MarkedLists): number[][] {
  for (const [list, index, count, value] of marked.marks) {
    marked.lists[list].fill(special[value], index, index + count);
  }
  return marked.lists;
}

/** How many equal numbers stand here: a list of nothing but NaN must not be marked number by number. */
function runLength(xs: readonly number[], from: number): number {
  let to = from + 1;
  while (to < xs.length && Object.is(xs[to], xs[from])) to++;
  return to - from;
}

function nameOf(x: number): SpecialName {
  if (Number.isNaN(x)) return 'NaN';
  if (x === 0) return '-0';
  return x > 0 ? 'Infinity' : '-Infinity';
}

/** One worker as its pool sees it, whatever it is made of and whatever they say to each other. */
export interface Lane<Asked = Request, Said = Reply> {
  /** Resolves when the worker has loaded the kernel; rejects with the cause when it cannot. */
  readonly ready: Promise<void>;
  send(request: Asked): void;
  onReply(handler: (reply: Said) => void): void;
  /** Called once when the worker ends without having been asked to, with exit code and stderr tail in words. */
  onDeath(handler: (cause: Error) => void): void;
  /** Asks the worker to end, waits, then ends it by force. */
  end(): Promise<void>;
}

/** How long a worker may take to end when asked. */
export const endDeadlineMs = 500;
