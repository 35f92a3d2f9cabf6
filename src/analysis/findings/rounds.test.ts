import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analysed } from '../../../test/support/report-runs.js';
import { confidenceOf } from '../../documents/run-words.js';
import { tool } from '../../documents/tool.js';
import { verdictDocument } from '../../documents/verdict/verdict.js';
import { renderMarkdown } from '../../render/markdown.js';
import { fullRounds, leastRounds, quickRounds } from '../estimate.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

describe('rounds of a full run', () => {
  const at = (rounds: number, quick = false) => {
    const analysis = analysed({ rounds, quick });
    const doubts = analysis.findings.filter(({ id }) => id === 'few-rounds');
    const text = renderMarkdown(verdictDocument(analysis, { charts: [], models: [] }));
    return { doubts: doubts.map(({ severity }) => severity), confidence: confidenceOf(analysis), text };
  };

  it('are where the doubt ends, and the word "indicative" with it', () => {
    expect(at(fullRounds)).toMatchObject({ doubts: [], confidence: 'full' });
    expect(at(fullRounds).text).not.toContain('(indicative)');
    expect(at(fullRounds - 1)).toMatchObject({ doubts: ['note'], confidence: 'indicative' });
    expect(at(fullRounds - 1).text).toContain(`${fullRounds - 1} rounds (indicative)`);
    expect(at(leastRounds - 1)).toMatchObject({ doubts: ['warning'], confidence: 'none' });
  });

  it('are what a doubt about fewer asks for, from the data of its document', () => {
    expect(tool).toMatchObject({ fullRounds, leastRounds });
    expect(at(fullRounds - 1).text).toMatch(
      new RegExp(`\\b${fullRounds}\\b[^.]*rounds?\\b|--rounds ${fullRounds}\\b`),
    );
  });

  it('enough to decide anything are what a quick run has', () => {
    expect(quickRounds).toBeGreaterThanOrEqual(leastRounds);
    expect(at(quickRounds, true)).toMatchObject({ doubts: [], confidence: 'quick' });
  });
});

/** A rule of a planner, which has a number of its own. */
const others = ['src/measure/planner/settling.ts'];
const aNumberOfRounds = /\b\w*rounds\w*\s*(?:=|:|\?\?|<=?|>=?)\s*[48]\b/i;

it('are one constant: nobody else writes the number down', () => {
  const files = (readdirSync(`${root}src`, { recursive: true }) as string[])
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const found = files.filter((file) =>
    readFileSync(`${root}${file}`, 'utf8')
      .split('\n')
      .some((line) => !/^\s*(?:\/?\*|\/\/)/.test(line) && aNumberOfRounds.test(line)),
  );
  expect(found.toSorted()).toEqual(['src/analysis/estimate.ts', ...others].toSorted());
});
