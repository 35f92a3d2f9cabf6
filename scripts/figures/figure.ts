/** One figure that the tool must reach, with its bar and what was seen. */
export interface Figure {
  readonly name: string;
  readonly bar: string;
  readonly seen: string;
  readonly holds: boolean;
}

/** Measures some figures, all at once or one by one; slow ones run only when they are named. */
export type Measure = () => Promise<Figure[]> | AsyncIterable<Figure>;

/** Passes when the value is at most the bar. */
export function atMost(name: string, bar: number, value: number, unit = ''): Figure {
  const shown = (x: number) => `${Number(x.toPrecision(3))}${unit}`;
  return { name, bar: `≤ ${shown(bar)}`, seen: shown(value), holds: value <= bar };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
