import { describe, expect, it } from 'vitest';
import { exampleResults } from '../../../test/support/synthetic.js';
import { analyse } from '../../analysis/analyse.js';
import { summary, verdict } from '../../app/report/verdict.js';
import { composeCharts } from '../charts/charts.js';

const analysis = analyse(exampleResults(), { draws: 300 });
const text = verdict(analysis, { charts: composeCharts(analysis).charts, models: [] });

describe('the verdict', () => {
  it('has its sections in the order in which a reader asks', () => {
    expect(text.match(/^##? .*/gm)).toEqual([
      expect.stringMatching(
        /^# A few long lists: stay with one thread \(wasm-simd\)\. The best pool .* takes \d+× as long\./,
      ),
      '## Every size',
      '## What is paid once',
      '## Where the time goes',
      '## Crossovers',
      "## The source's claims",
      '## Doubts',
      '## What failed, hit a limit or did not apply',
      '## How to reproduce it',
    ]);
  });

  it('says of each situation what is in its times', () => {
    for (const name of [
      'Once, in a script',
      'Fresh data again and again, a server',
      'Many passes over the same data',
    ])
      expect(text).toMatch(new RegExp(`^### ${name}\n\n\\w.+\\.$`, 'm'));
  });

  it('embeds every chart with a relative link', () => {
    const links = [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, link]) => link);
    expect(links.toSorted()).toEqual(
      composeCharts(analysis)
        .charts.map(({ name }) => `charts/${name}`)
        .toSorted(),
    );
  });

  it('states a crossover with its interval, and none where one side always wins', () => {
    expect(text).toMatch(
      /Over numbers per list from 1k to 1M \(with 8 keys\): wasm-simd wins from about 6\.\dk numbers per list \[/,
    );
    expect(text).toMatch(/never; the best single thread \(for-loop or wasm-simd\) wins at every point/);
  });

  it('says after how many uses a one-time cost is paid back, or never', () => {
    expect(text).toMatch(/\| wasm-simd \| [\d.]+ ms \[.*\] \| for-loop \| 3 passes /);
    expect(text).toMatch(/\| worker-threads \| [\d.]+ ms \[.*\] \| wasm-simd \| never \|/);
  });

  it('carries the limit that a cell hit, and what does not apply', () => {
    expect(text).toMatch(/`child-process\[serialization=json\]` hit its limit, over 30 s/);
    expect(text).toMatch(/`worker-threads` does not apply \(resident; all points\)/);
  });

  it('judges every claim of the source', () => {
    for (const status of ['Confirmed', 'Not testable here']) expect(text).toContain(`**${status}**`);
  });

  it('names no place on the machine that measured', () => {
    const header = {
      ...analysis.header,
      command: ['bench', '--kernel', '/home/zelda/secret/mine.js', '--out=/tmp/x/y'],
    };
    const own = {
      ...analysis,
      header,
      notes: ['file:///home/zelda/secret/mine.js threw', 'C:\\Users\\zelda\\x.js too'],
    };
    const page = verdict(own, { charts: composeCharts(own).charts, models: [] });
    expect(page).toContain('--kernel mine.js');
    expect(page).not.toMatch(/zelda|secret|\/tmp|file:/);
  });
});

describe('the summary', () => {
  it('is the first screen, and nothing else', () => {
    const short = summary(analysis);
    expect(short.match(/^#+ .*/gm)).toHaveLength(1);
    expect(short).toContain('| situation | use | takes | for-loop | best pool | how sure |');
    expect(short.split('\n').length).toBeLessThanOrEqual(25);
  });
});
