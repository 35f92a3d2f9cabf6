import type { CellHeader } from '../../results/format.js';
import type { RunState } from '../measure.js';

/** About how long one more round of a cell takes, in ms. */
export interface Prices {
  of(cell: string): number;
  all(cells: Iterable<string>): number;
}

/**
 * Each cell by its own earlier rounds. A cell that was never measured (a point that was just added) costs what the
 * same strategy costs at the point nearest in size, or the mean of all where there is none.
 */
export function pricesOf({ header, records }: RunState): Prices {
  const sums = new Map<string, { ms: number; times: number; kind: string }>();
  for (const { cell, elapsedMs, outcome, only = 'all accounts' } of records) {
    // A cell that goes on in one account alone is cheaper from there on; one that was given up costs nothing.
    const kind = outcome.status === 'skipped' ? outcome.status : only;
    const before = sums.get(cell);
    const { ms, times } = before?.kind === kind ? before : { ms: 0, times: 0 };
    sums.set(cell, { ms: ms + elapsedMs, times: times + 1, kind });
  }
  const own = new Map([...sums].map(([cell, { ms, times }]) => [cell, ms / times]));
  const mean = [...own.values()].reduce((sum, ms) => sum + ms, 0) / Math.max(1, own.size);
  const cells = new Map(header.cells.map((cell) => [cell.id, cell]));
  const of = (id: string): number => own.get(id) ?? nearest(cells.get(id), header.cells, own) ?? mean;
  return {
    of,
    all: (ids) => [...ids].reduce((sum, id) => sum + of(id), 0),
  };
}

function nearest(
  cell: CellHeader | undefined,
  cells: readonly CellHeader[],
  own: ReadonlyMap<string, number>,
): number | undefined {
  if (cell === undefined) return undefined;
  const distance = (other: CellHeader) => Math.abs(Math.log((other.elements + 1) / (cell.elements + 1)));
  const known = cells.filter(({ id, strategy }) => strategy === cell.strategy && own.has(id));
  const best = known.sort((a, b) => distance(a) - distance(b))[0];
  return best && own.get(best.id);
}
