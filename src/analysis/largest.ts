import type { Entry } from './table.js';

/** The entry with the most elements; among equals the one farthest along the numeric axes, then the last. */
export function largestOf(entries: readonly Entry[]): Entry | undefined {
  return entries.reduce<Entry | undefined>(
    (largest, entry) => (largest === undefined || isLarger(entry, largest) ? entry : largest),
    undefined,
  );
}

function isLarger(a: Entry, b: Entry): boolean {
  if (a.cell.elements !== b.cell.elements) return a.cell.elements > b.cell.elements;
  return extent(a) >= extent(b);
}

function extent({ cell }: Entry): number {
  const numbers = Object.values(cell.point).filter((value) => typeof value === 'number');
  return numbers.reduce((sum, value) => sum + Math.log(Math.max(value, Number.MIN_VALUE)), 0);
}
