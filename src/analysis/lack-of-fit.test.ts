import { describe, expect, it } from 'vitest';
import { type Cost, syntheticResults } from '../../test/support/synthetic.js';
import { analyseAccount } from './account.js';
import { linesOf } from './line.js';
import { tableOf } from './table.js';

const loopNs = 20_000;
const straight: Cost = ({ keys }) => loopNs * keys;
/** A quarter dearer from 56 keys on: between two points of the line. */
const stepped: Cost = ({ keys }) => loopNs * keys * (keys < 56 ? 1 : 1.25);

function crossoversOf(single: Cost, crossesAt: number) {
  return Array.from({ length: 60 }, (_, seed) => {
    const pool: Cost = ({ keys }) => loopNs * (0.5 * crossesAt + 0.5 * keys);
    const strategies = [
      { label: 'for-loop', family: 'serial' as const, importNs: 0, compute: single },
      { label: 'wasm-simd', family: 'vectorized' as const, importNs: 0, compute: pool },
    ];
    const sweeps = [{ keys: [4, 8, 16, 32, 64, 128, 256, 512] }];
    const results = syntheticResults({ strategies, sweeps, seed: seed + 1, noise: { cell: 0.02 } });
    const table = tableOf(results, 500);
    const [{ crossovers }] = analyseAccount(table, 'warm', linesOf(table)).crossovers;
    return crossovers;
  }).flat();
}

describe('a crossover', () => {
  it('between two points at which a side bends has an interval that holds wherever it bends', () => {
    const found = crossoversOf(stepped, 60);
    expect(found.length).toBeGreaterThan(50);
    const held = found.filter(({ interval }) => interval.low <= 56 && 56 <= interval.high).length;
    expect(held / found.length).toBeGreaterThan(0.9);
  });

  it('of straight lines is as narrow as its noise', () => {
    const found = crossoversOf(straight, 45);
    const widths = found.map(({ interval }) => interval.high / interval.low).sort((a, b) => a - b);
    expect(widths[widths.length >> 1]).toBeLessThan(1.2);
    expect(widths.filter((width) => width > 1.4).length).toBeLessThanOrEqual(2);
  });
});
