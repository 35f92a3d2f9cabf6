import type { Analysis, Estimate, PriceFigure, PriceRow } from '../analysis/types.js';
import { quote, type Text } from '../document/document.js';
import { type Figure, figure } from '../document/figure.js';
import { pointText } from '../document/words.js';
import { programOfLabel } from './lookup.js';
import { varyingAxes } from './points.js';

/* The price list of a run, as tables, charts and the answer ask for it. */

/** A row as a reader sees it: what it is, and in which language. */
export interface NamedRow {
  readonly name: Text;
  readonly where: string;
  readonly row: PriceRow;
}

/** The rows of one kind that have a price somewhere, in the scenario's order. */
export function rowsOf(analysis: Analysis, per: 'event' | 'number'): NamedRow[] {
  const rows = analysis.prices?.rows ?? [];
  return rows
    .filter((row) => row.price.per === per && figuresOf(row).some(({ kind }) => kind !== 'none'))
    .map((row) => ({
      name: [quote(row.price, 'what')],
      where: programOfLabel(analysis, row.price.strategy) ?? 'Node',
      row,
    }));
}

/** An event's one figure, or one per group. */
export function figuresOf({ event, figures }: PriceRow): readonly PriceFigure[] {
  return event === undefined ? figures : [event];
}

/**
 * The largest size of each group that all rows have, so that none is missing where prices are told once; the largest of
 * any where they share none, and nothing where nobody has a size.
 */
export function largestSizes({ prices }: Analysis): (number | undefined)[] {
  return (prices?.groups ?? []).map((_, group) => {
    const each = (prices?.rows ?? []).flatMap(({ figures }) => {
      const sizes = sizesOf(figures[group]).map(({ elements }) => elements);
      return sizes.length === 0 ? [] : [sizes];
    });
    const all = each.flat().sort((a, b) => b - a);
    return all.find((size) => each.every((sizes) => sizes.includes(size))) ?? all[0];
  });
}

/** A price of a row, and the figure that prints it. */
export interface RowPrice {
  readonly estimate: Estimate;
  readonly figure: Figure;
}

/** What a row costs: an event, or a number at one size of each group. Undefined where it was not measured. */
export function mainPrices(
  { event, figures }: PriceRow,
  sizes: readonly (number | undefined)[],
): (RowPrice | undefined)[] {
  if (event !== undefined)
    return [
      event.kind === 'priced'
        ? { estimate: event.perEventNs, figure: figure(event, 'perEventNs', 'ns') }
        : undefined,
    ];
  return figures.map((one, group) => {
    const size = sizesOf(one).find(({ elements }) => elements === sizes[group]);
    return size && { estimate: size.perNumberNs, figure: figure(size, 'perNumberNs', 'ns') };
  });
}

/** How many numbers a size has, as the first of some figures that have it does; undefined where none does. */
export function sizeFigure(
  sizes: ReturnType<typeof sizesOf>,
  elements: number | undefined,
): Figure | undefined {
  const size = sizes.find((one) => one.elements === elements);
  return size && figure(size, 'elements', 'count');
}

/** A figure's sizes, smallest first. */
export function sizesOf(figure: PriceFigure | undefined): Extract<PriceFigure, { kind: 'by size' }>['sizes'] {
  return figure?.kind === 'by size' ? figure.sizes : [];
}

/** Names of the groups, in which prices per number differ: "ints", "doubles". */
export function groupNames({ prices }: Analysis): Text[] {
  const groups = prices?.groups ?? [];
  const axes = varyingAxes(groups);
  return groups.map((group) => (axes.length === 0 ? ['all'] : pointText(group, axes)));
}
