import { describe, expect, it } from 'vitest';
import { analysed } from '../../test/support/report-runs.js';
import type { Shape } from '../../test/support/synthetic.js';
import { winnerMap } from '../documents/charts/map.js';
import { type Crossing, joinCrossings, placeCrossing, placeOn } from './map-borders.js';

describe('a place on a map', () => {
  it('is between the middles of two fields by its logarithm, since equal widths stand for factors', () => {
    expect(placeOn([10, 1_000, 4_000], 10)).toBe(0);
    expect(placeOn([10, 1_000, 4_000], 100)).toBeCloseTo(0.5);
    expect(placeOn([10, 1_000, 4_000], 2_000)).toBeCloseTo(1.5);
    expect(placeOn([0, 10], 4)).toBeCloseTo(0.4);
  });

  it('is at the edge for what lies outside', () => {
    expect([placeOn([10, 100], 1), placeOn([10, 100], 1_000)]).toEqual([-0.5, 1.5]);
  });
});

const doubling = [100, 200, 400, 800, 1_600];

/** The crossovers on a map of keys × length, where a loop of 2 ns per number meets SIMD. */
function bordersFor(
  simdNs: (shape: Shape) => number,
  { keys = [4, 8, 16], length = doubling, added = [] as { keys: number; length: number }[] } = {},
): Crossing[] {
  const analysis = analysed({
    strategies: [
      { label: 'for-loop', family: 'serial', compute: ({ elements }) => 2 * elements },
      { label: 'wasm-simd', family: 'vectorized', compute: simdNs },
    ],
    sweeps: [{ keys, length }],
    added,
  });
  const map = winnerMap(analysis, analysis.accounts[1], { x: 'keys', y: 'length', fixed: {} });
  if (map === undefined) throw new Error('no map');
  return map.borders.flatMap(({ crossings }) => crossings.map((one) => placeCrossing(one, map)));
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
    expect(joinCrossings([border]).flatMap(({ line }) => line)).toEqual([]);
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
    const pieces = joinCrossings(bordersFor(byLength));
    const ends = pieces.flatMap(({ line }) => line.flat()).map(({ x }) => x);
    expect(pieces).toHaveLength(4);
    expect([Math.min(...ends), Math.max(...ends)]).toEqual([-0.5, 2.5]);
  });

  it('go through the squares from a row to a column, the challenger always on the same side', () => {
    // Even at 3,000 numbers in all: 750 per list with 4 keys, 375 with 8, 188 with 16.
    const borders = bordersFor(byNumbers);
    expect(new Set(borders.map(({ along }) => along))).toEqual(new Set(['x', 'y']));
    const pieces = joinCrossings(borders);
    // One line: each crossover leads on at both of its sides, but at the two edges of the map.
    expect(pieces).toHaveLength(borders.length + 1);
    for (const { incumbentEdge, challengerEdge } of pieces)
      incumbentEdge.forEach((place, i) => {
        expect(place.x + place.y).toBeLessThanOrEqual(challengerEdge[i].x + challengerEdge[i].y);
      });
  });

  it('keep to themselves where the challenger would change sides', () => {
    const side = (line: number, above: Crossing['above']): Crossing => ({
      along: 'x',
      line,
      at: { x: 0.5, y: line },
      above,
      incumbentEnd: { x: above === 'challenger' ? 0.4 : 0.6, y: line },
      challengerEnd: { x: above === 'challenger' ? 0.6 : 0.4, y: line },
      bracketOnly: false,
    });
    expect(joinCrossings([side(0, 'challenger'), side(1, 'challenger')])).toHaveLength(3);
    expect(joinCrossings([side(0, 'challenger'), side(1, 'incumbent')])).toHaveLength(4);
  });
});
