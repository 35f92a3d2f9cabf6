/** Half-open, in ns. */
export type Interval = readonly [fromNs: number, toNs: number];

/** Intervals that are sorted and do not touch each other: the time that at least one of the given ones covers. */
export function unionOf(intervals: readonly Interval[]): Interval[] {
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
export function partsIn(union: readonly Interval[], [from, to]: Interval): Interval[] {
  const parts: Interval[] = [];
  for (let i = firstEndingAfter(union, from); i < union.length && union[i][0] < to; i++)
    parts.push([Math.max(union[i][0], from), Math.min(union[i][1], to)]);
  return parts;
}

/** What they leave of it. */
export function gapsIn(union: readonly Interval[], within: Interval): Interval[] {
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
