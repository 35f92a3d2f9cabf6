import type { Figure } from '../figures/figure.js';

/** Simulates so many sweeps per case (its own number where none is given) and says what was seen. */
export type Proof = (sweeps?: number) => Promise<Figure[]>;

/** A share between two bounds, as percentages. */
export function shareWithin(name: string, low: number, high: number, share: number, besides = ''): Figure {
  const bar =
    high >= 1 ? `≥ ${percent(low)}` : low <= 0 ? `< ${percent(high)}` : `${percent(low)}–${percent(high)}`;
  const holds = share >= low && (high >= 1 || low > 0 ? share <= high : share < high);
  return { name, bar, seen: percent(share) + besides, holds };
}

/** Printed for the reader; there is no bar. */
export function shown(name: string, seen: string): Figure {
  return { name, bar: 'printed, no bar', seen, holds: true };
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
