import type { PartsNs, PathPart } from '../contract/trace.js';
import type { Measured } from '../results/format.js';
import { criticalPath } from '../results/trace/critical-path.js';
import { noParts, pathParts } from '../results/trace/parts.js';
import type { CellAnalysis, Estimate } from './types.js';

/** Where the time of a call to workers went: means over the traced calls, one per round that has one. */
export interface PathDetails {
  readonly calls: number;
  /** The traced call, from call to answer: a little more than a timed one, for its stamps. */
  readonly callNs: number;
  /** Of that call; `start` is 0, since its workers were there. */
  readonly partsNs: PartsNs;
  /** Load the code and start the workers: once, in the first session of the process. */
  readonly startNs?: number;
  /** Parts that could not be stamped in place. */
  readonly estimated: readonly PathPart[];
}

export function pathDetails(outcomes: readonly Measured[]): PathDetails | undefined {
  const traces = outcomes.flatMap(({ warm }) => warm?.trace ?? []);
  if (traces.length === 0) return undefined;
  const partsNs = noParts();
  for (const trace of traces) {
    const own = trace.kind === 'parts' ? trace.partsNs : criticalPath(trace);
    for (const part of pathParts) partsNs[part] += own[part] / traces.length;
  }
  const starts = outcomes.flatMap(({ oneShot }) =>
    oneShot === undefined ? [] : [oneShot.phases.importNs + oneShot.phases.openNs],
  );
  return {
    calls: traces.length,
    callNs: traces.reduce((sum, { totalNs }) => sum + totalNs, 0) / traces.length,
    partsNs,
    ...(starts.length === 0 ? {} : { startNs: starts.reduce((sum, ns) => sum + ns, 0) / starts.length }),
    estimated: pathParts.filter((part) =>
      traces.some(({ estimated }) => estimated.some((one) => one === part)),
    ),
  };
}

/** What of a call its parts must explain, 0 to 1. */
export const wellExplained = 0.95;

/** Share of the call that its parts explain, 0 to 1. */
export function explained({ callNs, partsNs }: PathDetails): number {
  return callNs === 0 ? 1 : 1 - partsNs.unexplained / callNs;
}

/** What a call would do without: everything but the work, and waiting for it. */
const overheads = pathParts.filter((part) => !['start', 'compute', 'idle', 'unexplained'].includes(part));

/** A strategy that does without an overhead has at most this much left of it. */
const removed = 0.5;

interface Overhead {
  readonly part: PathPart;
  readonly ns: number;
  /** Of the call, 0 to 1. */
  readonly share: number;
}

/** A cell with a time and a path. */
export interface Traced {
  readonly cell: CellAnalysis;
  readonly path: PathDetails;
  readonly time: Estimate;
}

/** From a strategy to those that do without its largest overhead, each surely faster than the one before. */
export interface Ladder {
  /** Of the first. */
  readonly overhead: Overhead;
  readonly steps: readonly Traced[];
}

export function tracedOf(cells: readonly CellAnalysis[]): Traced[] {
  return cells.flatMap((cell) => {
    const { state, details } = cell;
    if (state.kind !== 'measured' || details.path === undefined) return [];
    return [{ cell, path: details.path, time: state.time }];
  });
}

export function largestOverhead({ callNs, partsNs }: PathDetails): Overhead {
  const part = overheads.reduce((largest, each) => (partsNs[each] > partsNs[largest] ? each : largest));
  return { part, ns: partsNs[part], share: callNs === 0 ? 0 : partsNs[part] / callNs };
}

/**
 * Begins with the slowest. What follows has at most half of its largest overhead, in ns, and is faster than the step
 * before by more than the margin, with no overlap of their intervals: the smallest step first. Undefined where too few
 * rounds give no interval: nobody is known to be the slowest.
 */
export function ladderOf(traced: readonly Traced[], margin: number): Ladder | undefined {
  const timed = traced.filter(({ time }) => time.interval !== undefined);
  const slowestFirst = timed.sort((a, b) => b.time.value - a.time.value);
  let last = slowestFirst[0];
  if (last === undefined) return undefined;
  const steps = [last];
  const overhead = largestOverhead(last.path);
  for (const next of slowestFirst) {
    if (!surelyFaster(next.time, last.time, margin)) continue;
    if (next.path.partsNs[overhead.part] > overhead.ns * removed) continue;
    steps.push(next);
    last = next;
  }
  return { overhead, steps };
}

function surelyFaster(a: Estimate, b: Estimate, margin: number): boolean {
  if (a.interval === undefined || b.interval === undefined) return false;
  return a.value * (1 + margin) <= b.value && a.interval.high < b.interval.low;
}
