import { describe, expect, it } from 'vitest';
import { analysed } from '../../../test/support/report-runs.js';
import type { Shape } from '../../../test/support/synthetic.js';
import { type Border, bordersOn, piecesOf } from './map-borders.js';
import { mapGrid } from './map-grid.js';

const doubling = [100, 200, 400, 800, 1_600];

/** The borders on a map of keys × length, where a loop of 2 ns per number meets SIMD. */
function bordersFor(
  simdNs: (shape: Shape) => number,
  { keys = [4, 8, 16], length = doubling, added = [] as { keys: number; length: number }[] } = {},
): Border[] {
  const analysis = analysed({
    strategies: [
      { label: 'for-loop', family: 'serial', compute: ({ elements }) => 2 * elements },
      { label: 'wasm-simd', family: 'vectorized', compute: simdNs },
    ],
    sweeps: [{ keys, length }],
    added,
  });
  const warm = analysis.accounts[1];
  return bordersOn(warm, mapGrid(analysis, warm, { x: 'keys', y: 'length', fixed: {} }));
}

const byLength = ({ keys, elements }: Shape) => 600 * keys + elements;
const byNumbers = ({ elements }: Shape) => 3_000 + elements;

describe('crossovers on a map', () => {
  it('lie in the column that they were found in, between the middles of its fields', () => {
    const borders = bordersFor(byLength);
    expect(borders.map(({ along, line }) => `${along} ${line}`)).toEqual(['y 0', 'y 1', 'y 2']);
    for (const { at, line, incumbentEnd, challengerEnd, bracketOnly } of borders) {
      // 600 is between 400 (2) and 800 (3).
      expect(at).toEqual({ x: line, y: expect.closeTo(2.58, 1) });
      expect(incumbentEnd.y).toBeLessThan(at.y);
      expect(challengerEnd.y).toBeGreaterThan(at.y);
      expect(bracketOnly).toBe(false);
    }
  });

  it('show their whole bracket where nothing narrows it', () => {
    const [border] = bordersFor(byLength, { length: [100, 1_600] });
    expect([border.incumbentEnd, border.challengerEnd]).toEqual([
      { x: 0, y: 0 },
      { x: 0, y: 1 },
    ]);
    expect(piecesOf([border]).flatMap(({ line }) => line)).toEqual([]);
  });

  it('are narrowed by points that were added in between', () => {
    const [border] = bordersFor(byLength, {
      length: [100, 1_600],
      added: [4, 8, 16].flatMap((keys) => [200, 400, 800].map((length) => ({ keys, length }))),
    });
    expect(border.bracketOnly).toBe(false);
    expect(border.at.y).toBeCloseTo(Math.log(6) / Math.log(16), 1);
  });

  it('of a line that holds added points alone are left out', () => {
    const added = [4, 16].map((keys) => ({ keys, length: 300 }));
    const borders = bordersFor(({ keys, elements }) => 2.2 * elements - 100 * keys + 800, { added });
    expect(borders.every(({ along, line }) => along !== 'x' || Number.isInteger(line))).toBe(true);
  });
});

describe('borders', () => {
  it('run from column to column, and on to the edges of the map', () => {
    const pieces = piecesOf(bordersFor(byLength));
    const ends = pieces.flatMap(({ line }) => line.flat()).map(({ x }) => x);
    expect(pieces).toHaveLength(4);
    expect([Math.min(...ends), Math.max(...ends)]).toEqual([-0.5, 2.5]);
  });

  it('go through the squares from a row to a column, the challenger always on the same side', () => {
    // Even at 3,000 numbers in all: 750 per list with 4 keys, 375 with 8, 188 with 16.
    const borders = bordersFor(byNumbers);
    expect(new Set(borders.map(({ along }) => along))).toEqual(new Set(['x', 'y']));
    const pieces = piecesOf(borders);
    // One line: each crossover leads on at both of its sides, but at the two edges of the map.
    expect(pieces).toHaveLength(borders.length + 1);
    for (const { incumbentEdge, challengerEdge } of pieces)
      incumbentEdge.forEach((place, i) => {
        expect(place.x + place.y).toBeLessThanOrEqual(challengerEdge[i].x + challengerEdge[i].y);
      });
  });

  it('keep to themselves where the challenger would change sides', () => {
    const side = (line: number, challenger: 'above' | 'below'): Border => ({
      question: 'single-thread against for-loop',
      along: 'x',
      line,
      at: { x: 0.5, y: line },
      challenger,
      incumbentEnd: { x: challenger === 'above' ? 0.4 : 0.6, y: line },
      challengerEnd: { x: challenger === 'above' ? 0.6 : 0.4, y: line },
      bracketOnly: false,
    });
    expect(piecesOf([side(0, 'above'), side(1, 'above')])).toHaveLength(3);
    expect(piecesOf([side(0, 'above'), side(1, 'below')])).toHaveLength(4);
  });
});
