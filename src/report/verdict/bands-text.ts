import type { Label } from '../../analysis/types.js';
import { amountOf, type Size, type WinnerBand } from '../../analysis/winner-bands.js';
import { formatAxisValue, twoDigits } from '../axes.js';
import { listed } from '../plain-text.js';
import type { Origin } from '../pointers/note.js';

/** Writes a border with its unit: "64k numbers in all". */
export type BorderWords = (value: number, origin: Origin) => string;

/**
 * "below 16k numbers in all: for-loop; to 1M: typed-array; above: wasm-simd". A border is the middle, in factors, between
 * the last size on one side and the first on the other; of a single band its answer alone.
 */
export function bandsText(bands: readonly WinnerBand[], words: BorderWords): string {
  if (bands.length === 1) return labelWords(bands[0].label);
  return bands
    .map(({ label, to }, i) => {
      const next = bands[i + 1];
      if (next === undefined) return `above: ${labelWords(label)}`;
      const [value, origin] = border(to, next.from);
      const where =
        i === 0 ? `below ${words(value, origin)}` : `to ${formatAxisValue(unitOf(to), value, origin)}`;
      return `${where}: ${labelWords(label)}`;
    })
    .join('; ');
}

/** Two digits: more would promise what a grid does not know. */
function border(below: Size, above: Size): [value: number, origin: Origin] {
  const value = twoDigits(Math.sqrt(amountOf(below) * amountOf(above)));
  return [value, { kind: 'middle', of: [below, above] }];
}

/** The quantity whose unit the product has: the first one, the others are counts. */
function unitOf(size: Size): string {
  return Object.keys(size)[0];
}

/** More names than these say no more than the table of winners does. */
const mostNames = 3;

/** An answer in words: "wasm-simd", "undecided between a and b". */
export function labelWords(label: Label): string {
  if (label.kind === 'winner') return label.strategy;
  if (label.kind === 'nobody') return 'nobody';
  if (label.kind === 'same') return `${listed(label.strategies)}, the same`;
  return label.strategies.length > mostNames
    ? 'undecided, see the table'
    : `undecided between ${listed(label.strategies)}`;
}
