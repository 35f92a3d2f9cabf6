import { expect, it } from 'vitest';
import { type StrategyModel, syntheticResults } from '../../test/support/synthetic.js';
import { analyse } from '../analysis/analyse.js';
import type { PriceList } from '../contract/scenario.js';
import { isUndecided } from './result.js';

const copy: StrategyModel = { label: 'slice', family: 'serial', compute: ({ elements }) => elements };

/** Two ways whose times nobody can tell apart, 30 % of noise on each. */
function analysisWith(prices?: PriceList) {
  const results = syntheticResults({
    strategies: [copy, { ...copy, label: 'push' }],
    sweeps: [{ length: [1_000] }],
    noise: { cell: 0.3 },
  });
  const { scenario, ...header } = results.header;
  const asked = prices === undefined ? scenario : { ...scenario, prices };
  return analyse({ ...results, header: { ...header, scenario: asked } }, { draws: 100 });
}

it('a point without a winner is undecided, but not where the strategies are no rivals', () => {
  expect(isUndecided(analysisWith())).toBe(true);
  const rows = [{ what: 'copy', strategy: 'slice', of: 'warm', per: 'number' }] as const;
  expect(isUndecided(analysisWith({ rows }))).toBe(true);
  expect(isUndecided(analysisWith({ rows, alone: true }))).toBe(false);
});
