import { describe, expect, test } from 'vitest';
import type { Activity, CallTrace, PartsNs } from '../../contract/trace.js';
import type { StrategyModel } from '../../results/synthetic.js';
import { chartsOf } from '../charts/charts.js';
import { analysed, example } from '../fixtures.js';
import { pathSection } from './path.js';
import { verdict } from './verdict.js';

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
const sectionOf = (strategies: readonly StrategyModel[]) => {
  const analysis = analysed({ strategies: [example('for-loop'), ...strategies], length: 1_000_000 });
  return { analysis, section: pathSection(analysis, chartsOf(analysis)).join('\n\n') };
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

  test('names what to remove first, and what those bought that did', () => {
    const { section } = sectionOf([clone, transfer, shared]);
    expect(section).toMatch(
      /`worker-threads` spends 62 % of a call deserialising: remove that first\. What that bought, as speed-up: worker-threads → worker-threads-transfer → worker-threads-shared: [\d.]+× → [\d.]+× → [\d.]+×\./,
    );
  });

  test('says that nobody removes it, or that there is nothing to remove', () => {
    expect(sectionOf([clone]).section).toContain('No faster strategy of its family in this run does.');
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
    expect(section).toContain('in 0 of 1 cells');
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

  test('stands in the verdict with its chart, and only where calls were traced', () => {
    const { analysis, section } = sectionOf([clone]);
    expect(verdict(analysis, { charts: chartsOf(analysis), models: [] })).toContain(section);
    expect(section).toContain('](charts/path-warm.png)');
    const without = sectionOf([example('worker-threads')]);
    expect(without.section).toBe('');
    expect(chartsOf(without.analysis).map(({ kind }) => kind)).not.toContain('path');
  });
});
