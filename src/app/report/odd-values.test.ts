import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleStrategies, syntheticResults } from '../../../test/support/synthetic.js';
import { analyse } from '../../analysis/analyse.js';
import { compare } from '../../compare/compare.js';
import { plainLimits } from '../../compare/limits.js';
import { composeCharts } from '../../documents/charts/charts.js';
import { comparisonCharts } from '../../documents/comparison/charts.js';
import { modelsOf } from '../../model/profile.js';
import { scalingOf } from '../../model/scaling/scaling.js';
import type { Results } from '../../results/format.js';
import { readResults } from '../../results/reader.js';
import { comparisonPage } from './comparison.js';
import { makePageFiles } from './page.js';
import { reportFiles } from './verdict.js';

/*
 * Results files come from outside. Each number, text and list of one is replaced by odd ones and taken away: the reader
 * refuses the file, or a page is written. It never ends with a stack, and never takes long.
 */

const { header, records } = syntheticResults({
  strategies: exampleStrategies.slice(0, 2),
  sweeps: [{ keys: [4, 8], length: [100] }],
  rounds: 4,
});
const withClaim = {
  ...header,
  scenario: {
    ...header.scenario,
    claims: [
      { says: 'it pays', account: 'warm', faster: 'for-loop', than: 'async-tasks', where: { keys: [4] } },
    ],
  },
  calibration: { options: { steps: 3 }, at: '2026-01-01T00:00:00.000Z' },
};

const gone = Symbol('gone');
const odd: readonly unknown[] = [gone, 1e308, 'constructor', null, -1, 9e15, '__proto__', [], 1e-308, '', {}];

/** Some of them for each place, others for the next. */
function someFor(place: number): unknown[] {
  return [0, 1, 2].map((next) => odd[(3 * place + next) % odd.length]);
}

type Path = readonly string[];

function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Object.entries(value).slice(0, Array.isArray(value) ? 1 : undefined);
  return [...(at.length === 0 ? [] : [at]), ...inner.flatMap(([name, each]) => pathsIn(each, [...at, name]))];
}

/** As text, since that is what a file holds: `1e999` is a number there, and infinite once it is read. */
function changed(value: unknown, path: Path, change: unknown): string {
  const copy = JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
  const owner = path.slice(0, -1).reduce((at, name) => at[name] as Record<string, unknown>, copy);
  const last = path.at(-1) ?? '';
  if (change === gone) delete owner[last];
  else owner[last] = change;
  return JSON.stringify(copy);
}

const noCharts = () => {
  throw new Error("Cannot find module 'canvas'");
};

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'breakeven-odd-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Undefined where the reader refuses it, which it must do with file, line and field. */
function read(first: string, lines: readonly string[]): Results | undefined {
  const path = join(root, 'results.ndjson');
  writeFileSync(path, `${[first, ...lines].join('\n')}\n`);
  try {
    return readResults(path);
  } catch (cause) {
    expect((cause as Error).name).toBe('ResultsError');
    return undefined;
  }
}

function report(results: Results): void {
  const analysis = analyse(results, { draws: 10 });
  const models = modelsOf(results);
  const { files } = reportFiles(analysis, noCharts, models, scalingOf(results, models));
  expect(files.length).toBeGreaterThan(1);
  composeCharts(analysis);
}

const head = JSON.stringify(withClaim);
const lines = records.map((record) => JSON.stringify(record));

describe('whatever stands in', () => {
  test('the header, the file is refused or a page is written', () => {
    let written = 0;
    for (const [place, path] of pathsIn(withClaim).entries())
      for (const change of someFor(place)) {
        const results = read(changed(withClaim, path, change), lines);
        if (results === undefined) continue;
        written++;
        expect(() => report(results), `${path.join('.')} = ${String(change)}`).not.toThrow();
      }
    expect(written).toBeGreaterThan(30);
  }, 120_000);

  test('a record, the file is refused or a page is written', () => {
    let written = 0;
    for (const [place, path] of pathsIn(records[2]).entries())
      for (const change of someFor(place)) {
        const results = read(head, lines.with(2, changed(records[2], path, change)));
        if (results === undefined) continue;
        written++;
        expect(() => report(results), `${path.join('.')} = ${String(change)}`).not.toThrow();
      }
    expect(written).toBeGreaterThan(10);
  }, 120_000);
});

describe('odd numbers of the kind that once took long', () => {
  test('rounds of 9e8: what was measured counts, not what was planned', () => {
    const began = performance.now();
    const results = read(JSON.stringify({ ...withClaim, rounds: 9e8 }), lines);
    if (results === undefined) throw new Error('it should be read');
    report(results);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('a comparison with the longest and the shortest times that can be read', () => {
    const slowed = lines.map((line) =>
      line.replace(/"samplesNs":\[[^\]]*\]/g, (text) => text.replace(/\[[^,\]]*/, '[1e18')),
    );
    const [base, far] = [read(head, lines), read(head, slowed)];
    if (base === undefined || far === undefined) throw new Error('both should be read');
    const comparison = compare(
      { name: 'a', runs: [base] },
      { name: 'b', runs: [far] },
      { limits: plainLimits(), draws: 10 },
    );
    expect(makePageFiles(comparisonPage(comparison), noCharts).files).toHaveLength(3);
    expect(comparisonCharts(comparison).failed).toEqual([]);
  });

  test.each(['1e308', '1e999', '-1'])('a sample of %s is refused with its place', (sample) => {
    const path = join(root, 'sample.ndjson');
    const line = lines[0].replace(/"samplesNs":\[[^,\]]*/, `"samplesNs":[${sample}`);
    writeFileSync(path, `${head}\n${line}\n`);
    expect(() => readResults(path)).toThrow(
      /sample\.ndjson, line 2: outcome\.warm\.samplesNs: .*list of times/,
    );
  });
});
