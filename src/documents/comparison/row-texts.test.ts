import { describe, expect, it } from 'vitest';
import { compared, run } from '../../../test/support/comparison-runs.js';
import type { Compared, Quantity } from '../../compare/types.js';
import { textMarkdown } from '../../render/markdown.js';
import { headlineText } from './headline.js';

const slower = compared(run(2, { factor: 3 }));

describe('where every strategy changed, which is the kernel and no strategy', () => {
  /** Red where `factorOf` gives a change. */
  const changed = (factorOf: (row: Compared) => number | undefined, quantity: Quantity = 'time') => {
    const rows = slower.rows
      .filter((row) => row.quantity === 'time')
      .map((row) => {
        const factor = factorOf(row);
        const ratio = { ...row.ratio, value: factor ?? 1 };
        return { ...row, quantity, ratio, red: factor !== undefined };
      });
    return textMarkdown(headlineText({ ...slower, rows }));
  };

  it('says it once per account', () => {
    const all = changed(({ strategy, account }) =>
      account === 'warm' ? (strategy === 'for-loop' ? 1.5 : 1.4) : undefined,
    );
    expect(all).toMatch(
      /^Regression: all \d strategies changed alike \(warm, over all 3 points\), from `[\w-]+` 40 % slower to `for-loop` 50 % slower: look at what they share, like the kernel\.$/,
    );
  });

  it('keeps what one of them alone shows elsewhere', () => {
    const all = changed(({ strategy, account }) =>
      account === 'warm' || (account === 'resident' && strategy === 'wasm-simd') ? 1.4 : undefined,
    );
    expect(all).toMatch(
      /strategies changed alike .*; `wasm-simd` is 40 % slower \(over all 3 points, resident\)\.$/,
    );
  });

  it('says it of none where each changed in another account', () => {
    const odd = changed(({ strategy, account }) =>
      (account === 'warm') === (strategy === 'for-loop') ? 1.4 : undefined,
    );
    expect(odd).not.toContain('changed alike');
  });

  it('says it of none where one changed far more than the others', () => {
    const odd = changed(({ strategy, account }) =>
      account === 'warm' ? (strategy === 'for-loop' ? 3 : 1.2) : undefined,
    );
    expect(odd).not.toContain('changed alike');
  });

  it('says of ratios to for-loop that it may be for-loop, the other way round', () => {
    const all = changed(({ account }) => (account === 'warm' ? 1.4 : undefined), 'ratio to for-loop');
    expect(all).toMatch(/like the kernel, or for-loop became faster\.$/);
  });
});
