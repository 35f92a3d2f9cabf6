import type { PathPart } from '../../contract/trace.js';
import { pathParts } from '../../path/parts.js';
import type { CellAnalysis } from '../types.js';
import type { PathDetails } from './details.js';

/** What a call would do without: everything but the work, and waiting for it. */
const overheads = pathParts.filter((part) => !['start', 'compute', 'idle', 'unexplained'].includes(part));

/** A strategy that is one step faster has at most this much left of the overhead that it is to remove. */
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
  readonly timeNs: number;
}

/** From a strategy to those that do without the largest overhead of the one before, each faster than that. */
export interface Ladder {
  /** Of the first. */
  readonly overhead: Overhead;
  readonly steps: readonly Traced[];
}

export function tracedOf(cells: readonly CellAnalysis[]): Traced[] {
  return cells.flatMap((cell) => {
    const { state, details } = cell;
    if (state.kind !== 'measured' || details.path === undefined) return [];
    return [{ cell, path: details.path, timeNs: state.time.value }];
  });
}

export function largestOverhead({ callNs, partsNs }: PathDetails): Overhead {
  const part = overheads.reduce((largest, each) => (partsNs[each] > partsNs[largest] ? each : largest));
  return { part, ns: partsNs[part], share: callNs === 0 ? 0 : partsNs[part] / callNs };
}

/**
 * Begins with the slowest. The next is the slowest of those that are faster by more than the margin and have at most
 * half of the largest overhead, in ns: the smallest step that removes it.
 */
export function ladderOf(traced: readonly Traced[], margin: number): Ladder | undefined {
  const slowestFirst = [...traced].sort((a, b) => b.timeNs - a.timeNs);
  let last = slowestFirst[0];
  if (last === undefined) return undefined;
  const steps = [last];
  const overhead = largestOverhead(last.path);
  for (const next of slowestFirst) {
    const { part, ns } = largestOverhead(last.path);
    if (next.timeNs * (1 + margin) > last.timeNs || next.path.partsNs[part] > ns * removed) continue;
    steps.push(next);
    last = next;
  }
  return { overhead, steps };
}
