import type { Analysis } from '../../analysis/types.js';
import { groupNames, mainPrice, type NamedRow, rowsOf } from '../prices.js';
import { formatNs } from '../units.js';
import { here } from './parallel-answer.js';

/** The ends of a price list in a sentence each: per number in each group, and per event. */
export function pricesAnswer(analysis: Analysis): string {
  const groups = groupNames(analysis);
  const numbers = groups.flatMap((group, index) => {
    const text = endsOf(rowsOf(analysis, 'number'), (row) => priceAt(row, 'number', index));
    return text === undefined ? [] : [`per number${groups.length > 1 ? ` (${group})` : ''} ${text}`];
  });
  const events = endsOf(rowsOf(analysis, 'event'), (row) => priceAt(row, 'event', 0));
  const parts = [...numbers, ...(events === undefined ? [] : [`per event ${events}`])];
  if (parts.length === 0) return `${here(analysis)} nothing has a price; the reasons stand below.`;
  return `${here(analysis)} the overheads cost, ${parts.join('; ')}.`;
}

function priceAt({ row }: NamedRow, per: 'event' | 'number', index: number): number | undefined {
  const figure = row.event ?? row.figures[index];
  return figure && mainPrice(figure, per)?.value;
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
