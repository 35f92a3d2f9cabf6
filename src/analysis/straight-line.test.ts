import { describe, expect, it } from 'vitest';
import { type Cost, syntheticResults } from '../../test/support/synthetic.js';
import { crossoversOf } from './crossover.js';
import { linesOf } from './line.js';
import { tableOf } from './table.js';

const loopNs = 20_000;
const crossesAt = 45;
const loop: Cost = ({ keys }) => loopNs * keys;
const pool: Cost = ({ keys }) => loopNs * (0.5 * crossesAt + 0.5 * keys);

/** Intervals of the crossover in so many seeded runs over these sizes. */
function intervalsOver(keys: readonly number[]) {
  return Array.from({ length: 80 }, (_, seed) => {
    const strategies = [
      { label: 'for-loop', family: 'serial' as const, importNs: 0, compute: loop },
      { label: 'wasm-simd', family: 'vectorized' as const, importNs: 0, compute: pool },
    ];
    const results = syntheticResults({
      strategies,
      sweeps: [{ keys: [...keys] }],
      seed: seed + 1,
      rounds: 6,
      noise: { cell: 0.03 },
    });
    const table = tableOf(results, 500);
    return crossoversOf(table, 'warm', linesOf(table)).flatMap(({ crossovers }) => crossovers);
  })
    .flat()
    .map(({ interval }) => interval);
}

function medianWidth(intervals: readonly { readonly low: number; readonly high: number }[]): number {
  const widths = intervals.map(({ low, high }) => Math.log(high / low)).sort((a, b) => a - b);
  return widths[widths.length >> 1];
}

describe('one line over all points', () => {
  const around = intervalsOver([32, 64]);
  const along = intervalsOver([4, 8, 16, 32, 64, 128, 256, 512]);

  it('places a crossover about twice as well as the two points around it, for the same rounds', () => {
    expect(along.length).toBeGreaterThan(70);
    expect(around.length).toBeGreaterThan(50);
    expect(medianWidth(along) / medianWidth(around)).toBeLessThan(0.65);
  });

  it('and its intervals still hold the truth', () => {
    const held = along.filter(({ low, high }) => low <= crossesAt && crossesAt <= high).length;
    expect(held / along.length).toBeGreaterThan(0.88);
  });
});
