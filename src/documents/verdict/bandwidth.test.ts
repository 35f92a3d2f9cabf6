import { describe, expect, test } from 'vitest';
import { example } from '../../../test/support/report-runs.js';
import { type StrategyModel, syntheticResults } from '../../../test/support/synthetic.js';
import { analyse } from '../../analysis/analyse.js';
import type { Analysis } from '../../analysis/types.js';
import { verdict } from '../../app/report/verdict.js';
import { sectionMarkdown, textMarkdown } from '../../render/markdown.js';
import { composeCharts } from '../charts/charts.js';
import { answerText } from './answer.js';
import { bandwidthSection } from './bandwidth.js';

const answer = (analysis: Analysis) => textMarkdown(answerText(analysis));

function analysisOf(asked: { readonly bandwidth?: true }, ...others: readonly StrategyModel[]) {
  const results = syntheticResults({
    strategies: [example('for-loop'), example('wasm-simd'), ...others],
    sweeps: [{ keys: [1], length: [1_024, 1_048_576], operation: ['copy', 'scale'] }],
    noise: { cell: 0.01 },
    host: {
      caches: [
        { name: 'L1', bytes: 32_768 },
        { name: 'L2', bytes: 2 ** 20 },
      ],
    },
  });
  const cells = results.header.cells.map((cell) => ({
    ...cell,
    work: { flops: 0, bytes: 16 * cell.elements },
  }));
  const scenario = { ...results.header.scenario, ...asked };
  return analyse({ ...results, header: { ...results.header, cells, scenario } }, { draws: 100 });
}

describe('the section on bytes per second', () => {
  const analysis = analysisOf({ bandwidth: true });
  const charts = composeCharts(analysis).charts;
  const made = bandwidthSection(analysis, charts);
  const section = made === undefined ? '' : sectionMarkdown(made);

  test('has a row per size and operation, the cache it lies in, and a rate with its interval', () => {
    expect(section).toContain('| size | lies in | with | for-loop | wasm-simd |');
    expect(section).toMatch(/^\| 16 KiB \| L1 \| copy \| [\d.]+ [GM]B\/s \[/m);
    expect(section).toMatch(/^\| 16 MiB \| memory \| scale \|/m);
    expect(section).toContain('L1 32 KiB and L2 1 MiB');
  });

  test('names the roof of each level', () => {
    expect(answer(analysis)).toMatch(
      /at most, .*: within L1 .*GB\/s .* on one core \(wasm-simd\); past all caches .*\/s/,
    );
  });

  test('credits no program that does not say on how many it runs to one core', () => {
    const native = { ...example('for-loop'), label: 'native', family: 'external', program: 'c' } as const;
    const told = answer(analysisOf({ bandwidth: true }, native));
    expect(told).toContain('on cores that its program does not count (native)');
    expect(told).not.toContain('on one core (native)');
  });

  test('has a chart per operation, and stands in a verdict that asks for it alone', () => {
    expect(charts.filter(({ kind }) => kind === 'bandwidth').map(({ name }) => name)).toEqual([
      'bandwidth.png',
      'bandwidth-2.png',
    ]);
    expect(verdict(analysis, { charts, models: [] })).toContain('## Bytes per second');
    const other = analysisOf({});
    expect(verdict(other, { charts: composeCharts(other).charts, models: [] })).not.toContain(
      '## Bytes per second',
    );
  });
});
