import type { Analysis } from '../../analysis/types.js';
import { groupNames, largestSizes, mainPrices, type NamedRow, rowsOf } from '../prices.js';
import { formatCount, formatNs } from '../units.js';
import { here } from './parallel-answer.js';

/** The ends of a price list in a sentence each: per number in each group, and per event. */
export function pricesAnswer(analysis: Analysis): string {
  const groups = groupNames(analysis);
  const sizes = largestSizes(analysis);
  const priceAt = ({ row }: NamedRow, index: number) => mainPrices(row, sizes)[index]?.value;
  const numbers = groups.flatMap((group, index) => {
    const text = endsOf(rowsOf(analysis, 'number'), (row) => priceAt(row, index));
    const size = sizes[index];
    if (text === undefined || size === undefined) return [];
    const of = `${groups.length > 1 ? `${group}, ` : ''}${formatCount(size)} at once`;
    return [`per number (${of}) ${text}`];
  });
  const events = endsOf(rowsOf(analysis, 'event'), (row) => priceAt(row, 0));
  const parts = [...numbers, ...(events === undefined ? [] : [`per event ${events}`])];
  if (parts.length === 0) return `${here(analysis)} nothing has a price; the reasons stand below.`;
  return `${here(analysis)} the overheads cost, ${parts.join('; ')}.`;
}

/** "from 0.5 ns (slice) to 600 ns (JSON.stringify)". */
function endsOf(
  rows: readonly NamedRow[],
  priceOf: (row: NamedRow) => number | undefined,
): string | undefined {
  const priced = rows.flatMap((row) => {
    const ns = priceOf(row);
    return ns === undefined ? [] : [{ row, ns }];
  });
  if (priced.length === 0) return undefined;
  const sorted = priced.sort((a, b) => a.ns - b.ns);
  const words = ({ row, ns }: (typeof sorted)[number]) =>
    `${formatNs(ns, 2)} (${row.name}${row.where === 'Node' ? '' : `, ${row.where}`})`;
  return `from ${words(sorted[0])} to ${words(sorted[sorted.length - 1])}`;
}
