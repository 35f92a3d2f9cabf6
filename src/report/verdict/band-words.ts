import type { AccountAnalysis, Label } from '../../analysis/types.js';
import { type WinnerBand, winnerBands } from '../../analysis/winner-bands.js';
import { twoDigits } from '../axes.js';
import { capital, listed } from '../plain-text.js';
import { noted } from '../pointers/note.js';
import { formatCount } from '../units.js';

/**
 * A map of keys × length in words: "Below 16k numbers in all: for-loop; above: wasm-simd." A border is the middle, in
 * factors, between the last size on one side and the first on the other. Nothing where the points are no such map.
 */
export function bandWords({ points }: AccountAnalysis): string[] {
  const swept = ['keys', 'length'].every((axis) => new Set(points.map(({ point }) => point[axis])).size > 1);
  const other = new Set(points.flatMap(({ point }) => Object.keys(point))).size > 2;
  if (!swept || other) return [];
  const bands = winnerBands(points);
  if (bands === undefined)
    return ['The numbers in all do not decide by themselves here: how they are spread over keys does, too.'];
  if (bands.length === 0) return [];
  if (bands.length === 1) return [`Whatever the keys and lengths here: ${labelWords(bands[0].label)}.`];
  const parts = bands.map((band, i) => {
    const next = bands[i + 1];
    const words = labelWords(band.label);
    if (next === undefined) return `above: ${words}`;
    return `${i === 0 ? 'below' : 'to'} ${border(band, next)}${i === 0 ? ' numbers in all' : ''}: ${words}`;
  });
  return [`${capital(parts.join('; '))}.`];
}

/** Two digits: more would promise what a grid does not know. */
function border(below: WinnerBand, above: WinnerBand): string {
  const of = [{ elements: below.to }, { elements: above.from }] as const;
  return noted(formatCount(twoDigits(Math.sqrt(below.to * above.from))), { kind: 'middle', of });
}

function labelWords(label: Label): string {
  if (label.kind === 'winner') return label.strategy;
  if (label.kind === 'nobody') return 'nobody';
  return label.kind === 'same'
    ? `${listed(label.strategies)}, the same`
    : `undecided between ${listed(label.strategies)}`;
}
