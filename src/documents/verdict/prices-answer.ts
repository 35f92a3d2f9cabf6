import type { Analysis } from '../../analysis/types.js';
import { type Text, text } from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { joinedBy } from '../../document/words.js';
import {
  groupNames,
  largestSizes,
  mainPrices,
  type NamedRow,
  type RowPrice,
  rowsOf,
  sizeFigure,
  sizesOf,
} from '../prices.js';
import { here } from '../run-words.js';

/** The ends of a price list in a sentence each: per number in each group, and per event. */
export function pricesAnswer(analysis: Analysis): Text {
  const groups = groupNames(analysis);
  const sizes = largestSizes(analysis);
  const priceAt = ({ row }: NamedRow, index: number) => mainPrices(row, sizes)[index];
  const numbers = groups.flatMap((group, index) => {
    const rows = rowsOf(analysis, 'number');
    const ends = endsText(rows, (row) => priceAt(row, index));
    const size = sizeFigure(
      rows.flatMap(({ row }) => sizesOf(row.figures[index])),
      sizes[index],
    );
    if (ends === undefined || size === undefined) return [];
    const of = groups.length > 1 ? text`${group}, ` : undefined;
    return [text`per number (${of}${size} at once) ${ends}`];
  });
  const events = endsText(rowsOf(analysis, 'event'), (row) => priceAt(row, 0));
  const parts = [...numbers, ...(events === undefined ? [] : [text`per event ${events}`])];
  if (parts.length === 0) return text`${here(analysis)} nothing has a price; the reasons stand below.`;
  return text`${here(analysis)} the overheads cost, ${joinedBy(parts, '; ')}.`;
}

/** "from 0.5 ns (slice) to 600 ns (JSON.stringify)". */
function endsText(
  rows: readonly NamedRow[],
  priceOf: (row: NamedRow) => RowPrice | undefined,
): Text | undefined {
  const priced = rows.flatMap((row) => {
    const price = priceOf(row);
    return price === undefined ? [] : [{ row, price }];
  });
  if (priced.length === 0) return undefined;
  const sorted = priced.sort((a, b) => a.price.estimate.value - b.price.estimate.value);
  const words = ({ row, price }: (typeof sorted)[number]) => {
    const where = row.where === 'Node' ? '' : `, ${row.where}`;
    // In a sentence the value alone, to two digits.
    const value = figure(price.estimate, 'value', 'ns', { digits: 2 });
    return text`${value} (${row.name}${where})`;
  };
  return text`from ${words(sorted[0])} to ${words(sorted[sorted.length - 1])}`;
}
