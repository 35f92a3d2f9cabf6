import type { Analysis, Estimate, PriceFigure, PriceRow } from '../analysis/types.js';
import { formatPoint, varyingAxes } from './axes.js';
import { programOfLabel } from './headline.js';
import { oneLine } from './plain-text.js';

/** A figure that has a price. */
export type Priced = Extract<PriceFigure, { kind: 'priced' }>;

/** A row as a reader sees it: what it is, and in which language. */
export interface NamedRow {
  readonly name: string;
  readonly where: string;
  readonly row: PriceRow;
}

/** The rows of one kind that have a price somewhere, in the scenario's order. */
export function rowsOf(analysis: Analysis, per: 'event' | 'number'): NamedRow[] {
  const rows = analysis.prices?.rows ?? [];
  return rows
    .filter((row) => row.price.per === per && figuresOf(row).some(({ kind }) => kind === 'priced'))
    .map((row) => ({
      name: oneLine(row.price.what),
      where: programOfLabel(analysis, row.price.strategy) ?? 'Node',
      row,
    }));
}

/** An event's one figure, or one per group. */
export function figuresOf({ event, figures }: PriceRow): readonly PriceFigure[] {
  return event === undefined ? figures : [event];
}

/** The price that a row is about. */
export function mainPrice(figure: PriceFigure, per: 'event' | 'number'): Estimate | undefined {
  if (figure.kind !== 'priced') return undefined;
  return per === 'event' ? figure.perEventNs : figure.perNumberNs;
}

/** Names of the groups, in which prices per number differ: "ints", "doubles". */
export function groupNames({ prices }: Analysis): string[] {
  const groups = prices?.groups ?? [];
  const axes = varyingAxes(groups);
  return groups.map((group) => (axes.length === 0 ? 'all' : formatPoint(group, axes)));
}
