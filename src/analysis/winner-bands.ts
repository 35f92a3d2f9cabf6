import type { Label, PointAnalysis } from './types.js';

/** Sizes with one answer, in numbers in all lists together. */
export interface WinnerBand {
  readonly label: Label;
  /** Smallest and largest measured size. */
  readonly from: number;
  readonly to: number;
}

/** More bands than this are no answer that anybody could remember. */
const mostBands = 5;

/**
 * A map as an order by size: who wins from how many numbers on. Undefined where size alone does not decide: where
 * points of one size have different answers, a winner comes back, or the answers change too often.
 */
export function winnerBands(points: readonly PointAnalysis[]): WinnerBand[] | undefined {
  const sized = points
    .filter(({ label }) => label.kind !== 'nobody')
    .map(({ label, cells }) => ({ label, elements: cells[0].elements }))
    .sort((a, b) => a.elements - b.elements);
  const bands: WinnerBand[] = [];
  for (const { label, elements } of sized) {
    const last = bands.at(-1);
    if (last !== undefined && nameOf(last.label) === nameOf(label))
      bands[bands.length - 1] = { ...last, to: elements };
    else if (last?.to === elements) return undefined;
    else bands.push({ label, from: elements, to: elements });
  }
  const winners = bands.flatMap(({ label }) => (label.kind === 'winner' ? [label.strategy] : []));
  const again = new Set(winners).size < winners.length;
  return again || bands.length > mostBands ? undefined : bands;
}

function nameOf(label: Label): string {
  if (label.kind === 'winner') return label.strategy;
  return label.kind === 'nobody' ? '' : `${label.kind} ${[...label.strategies].sort().join(' ')}`;
}
