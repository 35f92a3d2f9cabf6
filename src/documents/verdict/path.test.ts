import { describe, expect, test } from 'vitest';
import { analysed, example } from '../../../test/support/report-runs.js';
import type { StrategyModel, SyntheticRun } from '../../../test/support/synthetic.js';
import { verdict } from '../../app/report/verdict.js';
import type { Activity, CallTrace, PartsNs } from '../../contract/trace.js';
import { blockMarkdown } from '../../render/markdown.js';
import { composeCharts } from '../charts/charts.js';
import { pathBlocks } from './path.js';

/** A call whose caller does one thing after another, in ms; nothing else is stamped. */
function callOf(totalMs: number, caller: Partial<Record<Activity, number>>): CallTrace {
  let at = 0;
  const spans = Object.entries(caller).map(([activity, ms]) => {
    const from = at;
    at += ms * 1e6;
    return [activity as Activity, from, at] as const;
  });
  return {
    kind: 'spans',
    totalNs: totalMs * 1e6,
    caller: { spans, gc: [] },
    workers: [],
    estimated: [],
  };
}

const pool = (label: string, ms: number, trace: CallTrace, changes: Partial<StrategyModel> = {}) => ({
  ...example('worker-threads'),
  label,
  importNs: 4e6,
  openNs: 30e6,
  run: () => ms * 1e6,
  trace: () => trace,
  ...changes,
});

const clone = pool('worker-threads', 60, callOf(60, { serialise: 20, compute: 3, deserialise: 36.9 }));
const transfer = pool('worker-threads-transfer', 12, callOf(12, { pack: 2, deserialise: 1, merge: 9 }));
const shared = pool('worker-threads-shared', 6, callOf(6, { pack: 2, merge: 3, compute: 1 }));
const sectionOf = (strategies: readonly StrategyModel[], run: Partial<SyntheticRun> = {}) => {
  const analysis = analysed({
    strategies: [example('for-loop'), ...strategies],
    length: 1_000_000,
    ...run,
  });
  return {
    analysis,
    section: pathBlocks(analysis)
      .map((block) => blockMarkdown(block))
      .join('\n\n'),
  };
};

describe('where the time of a call to workers went', () => {
  test('is told in shares of the traced call, fastest strategy first, start apart', () => {
    const { section } = sectionOf([clone, transfer]);
    expect(section).toMatch(
      /^\| worker-threads-transfer \| 12 ms \| 3[345](\.\d+)? ms \| 17 % \| – \| – \| – \| 8 % \| 75 % \| – \| – \| – \|$/m,
    );
    expect(section).toMatch(
      /^\| worker-threads \| 60 ms \| .* ms \| – \| 33 % \| – \| 5 % \| 62 % \| – \| – \| – \| 0.2 % \|$/m,
    );
    expect(section.indexOf('| worker-threads-transfer |')).toBeLessThan(
      section.indexOf('| worker-threads |'),
    );
    expect(section).toContain('at least 95 % of the call in 2 of 2 cells');
  });

  test('names what to remove first, and who does without it, with intervals', () => {
    const { section } = sectionOf([clone, transfer, shared]);
    const speedUp = 'a speed-up of [\\d.]+× \\[[\\d.]+, [\\d.]+\\]';
    expect(section).toMatch(
      new RegExp(
        '`worker-threads` spends 62 % of a call deserialising: remove that first\\. ' +
          `It has ${speedUp}; \`worker-threads-transfer\` does without half of it or more and has ${speedUp}; ` +
          `\`worker-threads-shared\` does without half of it or more and has ${speedUp}\\.`,
      ),
    );
  });

  test('names nobody who is not surely faster, and gives no advice below 4 rounds', () => {
    const near = pool('worker-threads-transfer', 55, callOf(55, { pack: 2, deserialise: 1, merge: 9 }));
    expect(sectionOf([clone, near], { noise: { cell: 0.3 } }).section).toContain(
      'remove that first. No strategy of its family that is surely faster in this run does without it.',
    );
    const few = sectionOf([clone, transfer], { rounds: 3 }).section;
    expect(few).toContain('| worker-threads-transfer | 12 ms |');
    expect(few).not.toContain('remove that first');
  });

  test('says what to remove where nobody is there to compare, or that there is nothing to remove', () => {
    expect(sectionOf([clone]).section).toMatch(/remove that first\.$/m);
    const work = pool('worker-threads', 60, callOf(60, { serialise: 2, compute: 57, merge: 1 }));
    expect(sectionOf([work]).section).toContain(
      '`worker-threads`: 95 % of a call is the work itself; no overhead is worth removing.',
    );
  });

  test('marks what is estimated, and counts cells that are not explained', () => {
    const trace: CallTrace = { ...callOf(60, { deserialise: 50 }), estimated: ['deserialise'] };
    const { section } = sectionOf([pool('child-process', 60, trace, { family: 'processes' })]);
    expect(section).toMatch(/\| ≈ 83 % \|.*\| 17 % \|$/m);
    expect(section).toContain('"≈" is estimated');
    expect(section).toContain('In no cell of this run do the parts explain at least 95 % of the call.');
  });

  test('reads calls that were worked out where they were measured', () => {
    const parts: PartsNs = {
      ...{ start: 0, pack: 10e6, serialise: 0, transfer: 0, compute: 40e6 },
      ...{ deserialise: 0, merge: 10e6, gc: 0, idle: 0, unexplained: 0 },
    };
    const trace = { kind: 'parts', totalNs: 60e6, spans: 5_000, partsNs: parts, estimated: [] } as const;
    const { section } = sectionOf([{ ...clone, trace: () => trace }]);
    expect(section).toMatch(/\| worker-threads \| 60 ms .*\| 67 % \| – \| 17 % \|/);
  });

  test('stands in the verdict, and only where calls were traced', () => {
    const { analysis, section } = sectionOf([clone]);
    expect(verdict(analysis, { charts: composeCharts(analysis).charts, models: [] })).toContain(section);
    const without = sectionOf([example('worker-threads')]);
    expect(without.section).toBe('');
  });
});
