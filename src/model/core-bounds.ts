/** One strategy's time on the measured workers, and what of it could be shared among more. */
export interface Scalable {
  readonly parallel: boolean;
  readonly ns: number;
  /** Of computing in place; absent where it is not known. */
  readonly computingNs?: number | undefined;
  /** Processor time of all processes; absent where it is not known. */
  readonly cpuNs?: number | undefined;
  /** That `ns` was measured with. */
  readonly workers: number;
  /** The fastest that memory lets all numbers be gone over, however many cores there are. */
  readonly roofNs: number;
}

/** What other counts of cores than the measured ones may come to, ns. */
export interface CoreBounds {
  /** Assumed: perfect scaling of the parallel share, under the roof of the measured cores. */
  readonly lowNs: number;
  /** More cores help nothing, fewer take their share away. */
  readonly highNs: number;
}

export function coreBounds(one: Scalable, cores: number): CoreBounds {
  const { parallel, ns, computingNs = 0, cpuNs = ns, workers, roofNs } = one;
  // Less than a core is less of the time; more than one does not help a single thread.
  if (!parallel) return { lowNs: ns / Math.min(1, cores), highNs: ns / Math.min(1, cores) };
  // Processor time beyond the time itself was spent beside the main thread: workers pack and unpack, too.
  const shared = Math.min(ns, Math.max(computingNs, cpuNs - ns));
  const best = ns - shared + Math.max((shared * workers) / cores, Math.min(shared, roofNs));
  const fewer = ns * Math.max(1, workers / cores);
  return { lowNs: Math.min(best, fewer), highNs: fewer };
}
