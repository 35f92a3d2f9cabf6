import type { Activity, CallTrace, PartsNs, PathPart, Span, ThreadTrace } from '../../contract/trace.js';
import { noParts } from './parts.js';

/**
 * Partitions a call along its critical path, overlap counted once. Where the caller does something itself, that is the
 * path. Where it is blocked, the path goes through the worker whose answer ends that (through whichever is busy where
 * memory is shared): what that worker does, before and after that its message under way. What is left is idle where no
 * worker is busy, and unexplained otherwise, as is all time of the caller without a stamp. The parts add up to the call.
 */
export function criticalPath(trace: CallTrace): PartsNs {
  const parts = noParts();
  const charge = (part: PathPart, within: Interval, gc: readonly Interval[]) => {
    const collecting = covered(gc, within);
    parts.gc += collecting;
    parts[part] += within[1] - within[0] - collecting;
  };
  const callersGc = unionOf(trace.caller.gc);
  const workers = trace.workers.map(workerPath);
  const messages = messagesOf(trace);

  /** Along one worker; returns what it does not explain. */
  const through = ({ gc, does }: WorkerPath, within: Interval): Interval[] => {
    let left: Interval[] = [within];
    for (const { part, union } of does) {
      for (const gap of left) for (const busy of partsIn(union, gap)) charge(part, busy, gc);
      left = left.flatMap((gap) => gapsIn(union, gap));
    }
    return left;
  };
  const isBusy = (within: Interval) =>
    workers.some(({ does }) => does.some(({ part, union }) => part !== 'idle' && covered(union, within) > 0));

  const blocked = (within: Interval, number: number | undefined) => {
    const message = number === undefined ? undefined : messages.get(number);
    const along =
      number === undefined ? workers : message?.worker === undefined ? [] : [workers[message.worker]];
    let left: Interval[] = [within];
    for (const worker of along) left = left.flatMap((gap) => through(worker, gap));
    for (const gap of left) {
      // Shared work is handed out before the caller can be blocked by it: a thread wakes up, or tells that it is done.
      const flights = number === undefined ? [gap] : (message?.flights ?? []);
      for (const flying of partsIn(flights, gap)) charge('transfer', flying, []);
      for (const rest of gapsIn(flights, gap)) charge(isBusy(rest) ? 'unexplained' : 'idle', rest, []);
    }
  };

  let at = 0;
  for (const [activity, fromNs, toNs, message] of inOrder(trace.caller.spans)) {
    const from = Math.max(fromNs, at);
    const to = Math.min(toNs, trace.totalNs);
    if (to <= from) continue;
    charge('unexplained', [at, from], callersGc);
    at = to;
    if (activity === 'blocked') {
      blocked([from, to], message);
      continue;
    }
    // An answer cannot be read before it is sent: until then the loop was busy with something else.
    const sentNs =
      activity === 'deserialise' && message !== undefined ? messages.get(message)?.answeredNs : undefined;
    const begins = Math.min(Math.max(from, sentNs ?? from), to);
    if (begins > from) blocked([from, begins], message);
    charge(partOf(activity), [begins, to], callersGc);
  }
  charge('unexplained', [at, Math.max(at, trace.totalNs)], callersGc);
  return parts;
}

interface WorkerPath {
  readonly gc: readonly Interval[];
  /** In the order in which it counts where spans overlap, as only waits do. */
  readonly does: readonly { readonly part: PathPart; readonly union: readonly Interval[] }[];
}

const workersOrder: readonly Activity[] = ['compute', 'deserialise', 'serialise', 'pack', 'transfer', 'wait'];

function workerPath({ spans, gc }: ThreadTrace): WorkerPath {
  const does = workersOrder.map((activity) => ({
    part: partOf(activity),
    union: unionOf(spans.flatMap((span): Interval[] => (span[0] === activity ? [[span[1], span[2]]] : []))),
  }));
  return { gc: unionOf(gc), does };
}

interface Message {
  worker?: number;
  /** When the worker had sent its answer. */
  answeredNs?: number;
  /** From sent to received, there and back. */
  readonly flights: Interval[];
}

function messagesOf({ caller, workers }: CallTrace): Map<number, Message> {
  const messages = new Map<number, Message>();
  const asked = ends(caller.spans);
  for (const [worker, { spans }] of workers.entries()) {
    for (const [number, { sentNs, receivedNs }] of ends(spans)) {
      const own = asked.get(number);
      const flights: Interval[] = [];
      if (own?.sentNs !== undefined) flights.push([own.sentNs, receivedNs ?? Number.POSITIVE_INFINITY]);
      if (sentNs !== undefined) flights.push([sentNs, own?.receivedNs ?? Number.POSITIVE_INFINITY]);
      messages.set(number, {
        worker,
        ...(sentNs === undefined ? {} : { answeredNs: sentNs }),
        flights: unionOf(flights),
      });
    }
  }
  return messages;
}

interface Ends {
  sentNs?: number;
  receivedNs?: number;
}

/** Of each message: when one side had sent it, and when it began to read what came. */
function ends(spans: readonly Span[]): Map<number, Ends> {
  const found = new Map<number, Ends>();
  for (const [activity, fromNs, toNs, message] of spans) {
    if (message === undefined) continue;
    const own = found.get(message) ?? {};
    if (activity === 'serialise') own.sentNs = toNs;
    if (activity === 'deserialise') own.receivedNs ??= fromNs;
    found.set(message, own);
  }
  return found;
}

function inOrder(spans: readonly Span[]): Span[] {
  return [...spans].sort((a, b) => a[1] - b[1]);
}

function partOf(activity: Exclude<Activity, 'blocked'> | Activity): PathPart {
  return activity === 'wait' || activity === 'blocked' ? 'idle' : activity;
}

/** Half-open, in ns. */
export type Interval = readonly [fromNs: number, toNs: number];

/** Intervals that are sorted and do not touch each other: the time that at least one of the given ones covers. */
function unionOf(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0]);
  const union: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = union.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else union.push([from, to]);
  }
  return union;
}

/** How much of `within` the intervals of a union cover. */
export function covered(union: readonly Interval[], within: Interval): number {
  return partsIn(union, within).reduce((sum, [from, to]) => sum + to - from, 0);
}

/** What the intervals of a union cover of `within`. */
function partsIn(union: readonly Interval[], [from, to]: Interval): Interval[] {
  const parts: Interval[] = [];
  for (let i = firstEndingAfter(union, from); i < union.length && union[i][0] < to; i++)
    parts.push([Math.max(union[i][0], from), Math.min(union[i][1], to)]);
  return parts;
}

/** What they leave of it. */
function gapsIn(union: readonly Interval[], within: Interval): Interval[] {
  const gaps: Interval[] = [];
  let at = within[0];
  for (const [from, to] of partsIn(union, within)) {
    if (from > at) gaps.push([at, from]);
    at = to;
  }
  if (within[1] > at) gaps.push([at, within[1]]);
  return gaps;
}

function firstEndingAfter(union: readonly Interval[], ns: number): number {
  let low = 0;
  let high = union.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (union[middle][1] <= ns) low = middle + 1;
    else high = middle;
  }
  return low;
}
