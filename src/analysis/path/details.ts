import type { PartsNs, PathPart } from '../../contract/trace.js';
import type { Measured } from '../../results/format.js';
import { criticalPath } from '../../results/trace/critical-path.js';
import { noParts, pathParts } from '../../results/trace/parts.js';

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
