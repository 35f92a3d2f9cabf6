import { describe, expect, test } from 'vitest';
import { analysed, example } from '../../../test/support/report-runs.js';
import type { StrategyModel } from '../../../test/support/synthetic.js';
import { verdict } from '../../app/report/verdict.js';
import { sectionMarkdown } from '../../render/markdown.js';
import { composeCharts } from '../charts/charts.js';
import { besideSection } from './beside.js';

const numpy: StrategyModel = {
  label: 'python-numpy',
  family: 'external',
  program: 'python',
  compute: ({ elements }) => 4 * elements,
  run: ({ elements }) => 5 * elements,
};
const fromNode: StrategyModel = {
  label: 'python-numpy-from-node',
  family: 'external',
  place: ({ elements }) => 20 * elements,
  compute: ({ elements }) => 4 * elements,
  collect: ({ elements }) => 30 * elements,
};
const missing: StrategyModel = {
  ...numpy,
  label: 'python-threads',
  notApplicable: () => 'skipped: needs a fez',
};
const strategies = [example('for-loop'), example('wasm-simd'), numpy, fromNode, missing];
const analysis = analysed({ strategies, sweeps: [{ length: [1_000, 10_000] }] });
const made = besideSection(analysis);
const section = made === undefined ? '' : sectionMarkdown(made);

describe('the section on other languages', () => {
  test('says of each whose data it is, its time, and its ratio to the for-loop of Node', () => {
    expect(section).toMatch(/^## Beside it, in other languages/);
    expect(section).toContain("ratio to Node's for-loop");
    expect(section).toMatch(/^\| python-numpy \| Python \|.* (µs|ms) .*× \[/m);
    expect(section).toMatch(/^\| python-numpy-from-node \| Node \|/m);
    expect(section).not.toMatch(/^\| python-threads/m);
  });

  test('stands in the verdict, where what is not installed is told among what did not apply', () => {
    const text = verdict(analysis, { charts: composeCharts(analysis).charts, models: [] });
    expect(text).toContain(section);
    expect(text).toMatch(/`python-threads` does not apply \(.*\): skipped: needs a fez/);
  });

  test('is not there without programs', () => {
    expect(besideSection(analysed({ sweeps: [{ length: [1_000] }] }))).toBeUndefined();
  });

  test('charts show them, and say that they are not ranked', () => {
    const captions = JSON.stringify(composeCharts(analysis).charts.filter(({ kind }) => kind === 'time'));
    expect(captions).toContain('python-numpy');
  });
});
