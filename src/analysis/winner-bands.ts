import type { Label, PointAnalysis } from './types.js';

/** What a point is ordered by: the product of these quantities, as `steps` × `elements`, or one of them alone. */
export type Measure = readonly string[];

/** The quantities of one point, by name: axes, or `elements` for the numbers in all lists together. */
export type Size = Readonly<Record<string, number>>;

/** Sizes with one answer. */
export interface WinnerBand {
  readonly label: Label;
  /** Smallest and largest measured size. */
  readonly from: Size;
  readonly to: Size;
  /** Where they were measured. */
  readonly first: PointAnalysis;
  readonly last: PointAnalysis;
}

/** More bands than this are no answer that anybody could remember. */
const mostBands = 5;

/**
 * Points as an order by size: who wins from how much on. Undefined where size alone does not decide: where points of
 * one size have different answers, a winner comes back, or the answers change too often.
 */
export function winnerBands(points: readonly PointAnalysis[], by: Measure): WinnerBand[] | undefined {
  const sized = points
    .filter(({ label }) => label.kind !== 'nobody')
    .map((point) => ({ point, label: point.label, size: sizeOf(point, by) }))
    .sort((a, b) => amountOf(a.size) - amountOf(b.size));
  const bands: WinnerBand[] = [];
  for (const { point, label, size } of sized) {
    const last = bands.at(-1);
    const both = last === undefined ? undefined : merged(last.label, label);
    if (last !== undefined && both !== undefined)
      bands[bands.length - 1] = { ...last, label: both, to: size, last: point };
    else if (last !== undefined && amountOf(last.to) === amountOf(size)) return undefined;
    else bands.push({ label, from: size, to: size, first: point, last: point });
  }
  const winners = bands.flatMap(({ label }) => (label.kind === 'winner' ? [label.strategy] : []));
  const again = new Set(winners).size < winners.length;
  return again || bands.length > mostBands ? undefined : bands;
}

/** How large a size is: the product of its quantities. */
export function amountOf(size: Size): number {
  return Object.values(size).reduce((product, quantity) => product * quantity, 1);
}

function sizeOf({ point, cells }: PointAnalysis, by: Measure): Size {
  const [{ keys, elements }] = cells;
  const counted = new Map(Object.entries({ keys, elements }));
  return Object.fromEntries(by.map((name) => [name, counted.get(name) ?? Number(point[name])]));
}

/** One answer for two neighbours; doubts are one doubt, between all that may win. Undefined where answers differ. */
function merged(a: Label, b: Label): Label | undefined {
  if (a.kind === 'winner') return b.kind === 'winner' && a.strategy === b.strategy ? a : undefined;
  if (a.kind === 'nobody' || b.kind === 'nobody' || b.kind === 'winner' || a.kind !== b.kind)
    return undefined;
  const strategies = [...new Set([...a.strategies, ...b.strategies])];
  if (a.kind === 'undecided') return { kind: 'undecided', strategies };
  return strategies.length === a.strategies.length && strategies.length === b.strategies.length
    ? a
    : undefined;
}
