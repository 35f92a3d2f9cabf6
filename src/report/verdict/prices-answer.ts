import type { Analysis, Estimate } from '../../analysis/types.js';
import { told } from '../pointers/note.js';
import { groupNames, largestSizes, mainPrices, type NamedRow, rowsOf, sizesOf, sizeText } from '../prices.js';
import { formatNs } from '../units.js';
import { here } from './parallel-answer.js';

/** The ends of a price list in a sentence each: per number in each group, and per event. */
export function pricesAnswer(analysis: Analysis): string {
  const groups = groupNames(analysis);
  const sizes = largestSizes(analysis);
  const priceAt = ({ row }: NamedRow, index: number) => mainPrices(row, sizes)[index];
  const numbers = groups.flatMap((group, index) => {
    const rows = rowsOf(analysis, 'number');
    const text = endsOf(rows, (row) => priceAt(row, index));
    const size = sizeText(
      rows.flatMap(({ row }) => sizesOf(row.figures[index])),
      sizes[index],
    );
    if (text === undefined || size === undefined) return [];
    const of = `${groups.length > 1 ? `${group}, ` : ''}${size} at once`;
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
  priceOf: (row: NamedRow) => Estimate | undefined,
): string | undefined {
  const priced = rows.flatMap((row) => {
    const price = priceOf(row);
    return price === undefined ? [] : [{ row, price }];
  });
  if (priced.length === 0) return undefined;
  const sorted = priced.sort((a, b) => a.price.value - b.price.value);
  const words = ({ row, price }: (typeof sorted)[number]) =>
    `${told(price, 'value', (ns) => formatNs(ns, 2))} (${row.name}${row.where === 'Node' ? '' : `, ${row.where}`})`;
  return `from ${words(sorted[0])} to ${words(sorted[sorted.length - 1])}`;
}
