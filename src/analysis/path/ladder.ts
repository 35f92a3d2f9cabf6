import type { PathPart } from '../../contract/trace.js';
import { pathParts } from '../../results/trace/parts.js';
import type { CellAnalysis, Estimate } from '../types.js';
import type { PathDetails } from './details.js';

/** What a call would do without: everything but the work, and waiting for it. */
const overheads = pathParts.filter((part) => !['start', 'compute', 'idle', 'unexplained'].includes(part));

/** A strategy that does without an overhead has at most this much left of it. */
const removed = 0.5;

export interface Overhead {
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
