import { describe, expect, it } from 'vitest';
import { analysed } from '../../../test/support/report-runs.js';
import type { StrategyModel } from '../../../test/support/synthetic.js';
import { sectionMarkdown } from '../../render/markdown.js';
import { crossoversSection } from './crossovers.js';

const loop: StrategyModel = {
  label: 'for-loop',
  family: 'serial',
  importNs: 0,
  compute: ({ keys }) => 20_000 * keys,
};

/** A challenger whose time is the loop's times a factor. */
const against = (factor: (keys: number) => number): string => {
  const challenger: StrategyModel = {
    label: 'wasm-simd',
    family: 'vectorized',
    importNs: 0,
    compute: ({ keys }) => 20_000 * keys * factor(keys),
  };
  const run = { strategies: [loop, challenger], sweeps: [{ keys: [8, 16, 32, 64] }], noise: { cell: 0.001 } };
  return sectionMarkdown(crossoversSection(analysed(run), []));
};

describe('one threshold in place of the map', () => {
  it('is given beside a crossover, where it loses nothing', () => {
    expect(against((keys) => (keys < 32 ? 1.5 : 0.5))).toContain(
      'One threshold for all: from 32 keys on wasm-simd, below for-loop; it loses nothing against taking the faster at every point, on average.',
    );
  });

  it('costs what a band beyond it is worth', () => {
    // Taking wasm-simd at 64 keys costs 40 % at one of four points.
    expect(against((keys) => (keys === 8 ? 3 : keys === 64 ? 1.4 : 0.5))).toMatch(
      /from 16 keys on wasm-simd, below for-loop; it loses (9\.9|10|10\.0|10\.1) % against/,
    );
  });

  it('is one side everywhere where that loses least', () => {
    expect(against((keys) => (keys === 16 ? 0.95 : keys === 32 ? 0.9 : 2))).toMatch(
      /One threshold for all: for-loop everywhere; it loses \d[.\d]* % against/,
    );
  });

  it('is left out where one side wins at every point', () => {
    expect(against(() => 0.5)).not.toContain('threshold');
  });
});
