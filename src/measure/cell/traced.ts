import type { Session } from '../../contract/strategy.js';
import type { CallParts, CallTrace, Span, ThreadTrace } from '../../contract/trace.js';
import type { WarmRecord } from '../../results/format.js';
import { criticalPath } from '../../results/trace/critical-path.js';
import { hasPools, traceCalls } from '../../workers/registry.js';
import { fullLog } from '../../workers/span-log.js';
import type { CellOrder } from '../order.js';
import type { CellParts } from './timed-session.js';
import { isThenable } from './timed-session.js';
import { collectAboveNs, collectEverywhere, mainGc, turns } from './usage.js';

/** The middle one is kept: the code that stamps warms up, too, and short calls are easily disturbed. */
const shortCalls = 201;
const fewCalls = 3;
const longCallNs = 50e6;

interface TracedRequest extends Pick<CellParts, 'inputs'> {
  readonly session: Session;
  readonly order: Pick<CellOrder, 'round' | 'runAlone' | 'only'>;
}

/** A dearer call could end the time of a cell that has had its samples. */
const dearestNs = 2e9;

/** About 30 bytes each in a record. */
const mostSpans = 1_000;

/**
 * Where the time of a call goes, from stamps of all its threads. A call of its own, after the timed ones and in the same
 * session: those are left alone, and this one may cost a little more. Nothing where there are no workers, or where the
 * cell was looked at in an earlier round, where a call is dear, or has more messages than a log takes. `samplesNs`: what
 * the timed calls took.
 */
export async function tracedCall(
  { order, session, inputs }: TracedRequest,
  { samplesNs }: Pick<WarmRecord, 'samplesNs'>,
): Promise<Pick<WarmRecord, 'trace'>> {
  const callNs = Math.min(...samplesNs);
  const isWanted =
    (order.round ?? 0) === 0 && !order.runAlone && order.only === undefined && callNs < dearestNs;
  if (session.run === undefined || !hasPools() || !isWanted) return {};
  const calls = callNs > longCallNs ? 1 : callNs > collectAboveNs ? fewCalls : shortCalls;
  const before = () => (callNs > collectAboveNs ? collectEverywhere() : undefined);
  const trace = await traceOf(() => session.run?.(inputs.next()), calls, before);
  // Pools of a checkout that stamps nothing.
  const threads = [trace.caller, ...trace.workers];
  const isWhole = trace.caller.spans.length > 0 && threads.every(({ spans }) => spans.length < fullLog);
  return isWhole ? { trace: reduced(trace) } : {};
}

/** Thousands of messages: what a record should hold is not where each of them was. */
function reduced(trace: CallTrace): CallTrace | CallParts {
  const spans = [trace.caller, ...trace.workers].reduce((sum, thread) => sum + thread.spans.length, 0);
  if (spans <= mostSpans) return trace;
  const { totalNs, estimated } = trace;
  return { kind: 'parts', totalNs, estimated, spans, partsNs: criticalPath(trace) };
}

/** Some calls of a session that is open, traced; the middle one by its time. */
export async function traceOf(
  call: () => unknown,
  count = 1,
  before: () => void | Promise<void> = () => {},
): Promise<CallTrace> {
  await turns();
  mainGc.take();
  const { calls, workers, estimated } = await traceCalls(count, before, async () => {
    const running = call();
    if (isThenable(running)) await running;
  });
  await turns();
  const sorted = calls.toSorted((a, b) => a.toNs - a.fromNs - (b.toNs - b.fromNs));
  const { fromNs, toNs, spans } = sorted[Math.floor(sorted.length / 2)];
  const gc: [number, number][] = [];
  mainGc.take(undefined, (from, to) => gc.push([from, to]));
  const since = (thread: ThreadTrace) => sinceThen(thread, fromNs, toNs);
  return {
    kind: 'spans',
    totalNs: toNs - fromNs,
    caller: since({ spans, gc }),
    workers: workers.map(since),
    estimated,
  };
}

/** With times since the call began, in whole ns; what lies outside of it is left out. */
function sinceThen({ spans, gc }: ThreadTrace, fromNs: number, toNs: number): ThreadTrace {
  const inside = ([from, to]: readonly [number, number]) => to > fromNs && from < toNs;
  const at = (ns: number) => Math.round(Math.min(Math.max(ns, fromNs), toNs) - fromNs);
  return {
    spans: spans
      .filter(([, from, to]) => inside([from, to]))
      .map(
        ([activity, from, to, message]): Span =>
          message === undefined ? [activity, at(from), at(to)] : [activity, at(from), at(to), message],
      ),
    gc: gc.filter(inside).map(([from, to]) => [at(from), at(to)] as const),
  };
}
