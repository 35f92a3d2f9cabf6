import { describe, expect, it } from 'vitest';
import { analysed, waits } from '../../../test/support/report-runs.js';
import { exampleResults } from '../../../test/support/synthetic.js';
import { analyse } from '../../analysis/analyse.js';
import { summary, verdict } from '../../app/report/verdict-page.js';
import { composeCharts } from '../charts/charts.js';

const analysis = analyse(exampleResults(), { draws: 300 });
const text = verdict(analysis, { charts: composeCharts(analysis).charts, models: [] });

describe('the verdict', () => {
  it('has its sections in the order in which a reader asks', () => {
    expect(text.match(/^## .*/gm)).toEqual([
      '## The answer',
      '## Who wins where',
      '## Crossovers',
      "## Where the losers' time goes",
      '## Why concurrency did not help',
      "## The source's claims",
      '## Doubts',
      '## What failed, hit a limit or did not apply',
      '## How to reproduce it',
    ]);
  });

  it('explains each account in one line', () => {
    for (const account of ['one-shot', 'warm', 'resident'])
      expect(text).toMatch(new RegExp(`^- \\*\\*${account}\\*\\*: .+`, 'm'));
  });

  it('never calls a ratio to the for-loop a speed-up', () => {
    const sentences = text
      .split(/(?<=[.:;|])\s/)
      .filter((sentence) => /speed-up/i.test(sentence) && /\d×/.test(sentence));
    expect(sentences.length).toBeGreaterThan(0);
    for (const sentence of sentences) expect(sentence).not.toMatch(/the for-loop\b(?!\))|ratio to for-loop/);
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
    expect(text).toMatch(
      /Packing for `wasm-simd` and unpacking once \(.*\) has paid for itself after 3 passes/,
    );
    expect(text).toMatch(
      /Starting and stopping `worker-threads` \(.*\) never pays for itself: a run takes 1\.\d+ s longer/,
    );
  });

  it('carries the limit that a cell hit, and what does not apply', () => {
    expect(text).toMatch(/`child-process\[serialization=json\]` hit its limit, over 30 s/);
    expect(text).toMatch(/`worker-threads` does not apply \(resident; all points\)/);
  });

  it('shows the cell that concurrency did not help, and names the scenario for the other', () => {
    expect(text).toMatch(/on items that compute, async-tasks is 1\.?\d*× \[.*\] the for-loop/);
    expect(text).toContain('the scenario `waiting-items` shows it');
    const waiting = analysed({ kind: 'wait', strategies: waits, sweeps: [{ keys: [4, 16] }] });
    const other = verdict(waiting, { charts: [], models: [] });
    expect(other).toContain('the scenario `large-lists` shows it');
    expect(other).toMatch(/on items that only wait, async-tasks is 1\d× \[/);
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
  it('holds the answer and the warm winners, and nothing else', () => {
    const short = summary(analysis);
    expect(short.match(/^##+ .*/gm)).toEqual(['## The answer', '### Who wins, warm']);
    expect(short).toContain('| keys in the dictionary | numbers per list | for-loop |');
  });
});
