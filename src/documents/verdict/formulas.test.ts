import { describe, expect, it } from 'vitest';
import { type StrategyModel, type SyntheticRun, syntheticResults } from '../../../test/support/synthetic.js';
import { modelsOf } from '../../model/profile.js';
import { sectionMarkdown } from '../../render/markdown.js';
import { formulasSection } from './formulas.js';

const sweeps = [{ keys: [4, 32, 256], length: [10, 100, 1_000, 10_000] }];
const exact = { cell: 0.001 };
const caches = [{ name: 'L2', bytes: 2 ** 21 }];

/** The warm part alone: the others say the same of a strategy without stages. */
function warmText(strategies: readonly StrategyModel[], run: Partial<SyntheticRun> = {}): string {
  const results = syntheticResults({ strategies, sweeps, noise: exact, host: { caches }, ...run });
  const warm = modelsOf(results).filter(({ account }) => account === 'warm');
  const section = formulasSection(warm);
  return section === undefined ? 'no section' : sectionMarkdown(section);
}

const loop: StrategyModel = {
  label: 'for-loop',
  family: 'serial',
  compute: ({ keys, elements }) => 5_000 + 40 * keys + 2 * elements,
};
const noRule: StrategyModel = {
  label: 'wasm-simd',
  family: 'vectorized',
  compute: ({ elements }) => elements * (Math.floor(Math.log2(elements) / 2) % 2 === 0 ? 1 : 3),
};

describe('the formulas of a run', () => {
  it('stand there with units, intervals and band', () => {
    expect(warmText([loop])).toMatch(
      /^\| for-loop \| 5 µs \[[\d., ]+\] \+ (39\.\d+|40(\.\d+)?) ns \[[\d., ]+\] per key \+ (1\.99|2) ns \[[\d., ]+\] per number \| ± 11 % \|$/m,
    );
  });

  it('name the split of two regimes and the cache that it is near', () => {
    const split = 2 ** 21 / 16;
    const dear = {
      ...loop,
      compute: ({ elements }: { elements: number }) => elements + 8 * Math.max(0, elements - split),
    };
    expect(warmText([dear])).toMatch(
      /1 ns \[.*\] per number up to 131k \+ 9 ns \[.*\] per number beyond 131k \| ± 11 %; two regimes, split near 2 MiB, about the size of L2 \|$/m,
    );
  });

  it('say why a strategy has none', () => {
    expect(warmText([loop, noRule])).toMatch(
      /^No formula: wasm-simd \(rejected: on rows that it had not seen it was off by \d+ %, with two regimes \(split near .*\) by \d+ %\)\.$/m,
    );
  });

  it('are not shown where these points cannot tell their prices apart, and that is said', () => {
    // What 700 to 7,000 numbers cost is lost in the noise of the start.
    const vague = { ...loop, compute: ({ elements }: { elements: number }) => 100_000 + elements };
    const few = { sweeps: [{ keys: [8, 9], length: [100, 200, 400, 800] }], noise: { cell: 0.08 } };
    const text = warmText(
      [vague, { ...loop, label: 'typed-array', compute: ({ elements }) => 2 * elements }],
      few,
    );
    expect(text).toMatch(/^\| typed-array \|/m);
    expect(text).toMatch(/^Not shown: for-loop\. A formula fits, but these points are too few/m);
  });

  it('are left out where nothing follows one', () => {
    expect(warmText([noRule])).toBe('no section');
    expect(warmText([loop], { sweeps: [{ keys: [8], length: [10, 100] }] })).toBe('no section');
  });
});
