import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakeven } from '../../test/support/cli/program.js';
import { exampleResults } from '../../test/support/synthetic.js';
import { analyse } from '../analysis/analyse.js';
import { findingSentences } from '../documents/verdict/doubts.js';
import { textMarkdown } from '../render/markdown.js';
import { readResults } from '../results/reader.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-explain-'));
const { header, records } = exampleResults();
const cell = header.cells.find(
  ({ strategy, point }) => strategy === 'wasm-simd' && point.length === 64_000 && point.keys === 8,
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(() => {
  const lines = [header, ...records].map((line) => JSON.stringify(line));
  writeFileSync(join(folder, 'results.ndjson'), `${lines.join('\n')}\n`);
});

const explain = (asked: string) =>
  breakeven(['report', 'results.ndjson', '--explain', asked], { cwd: folder });

it('tells everything of a cell, by its id and by its values', async () => {
  const { code, stdout } = await explain('wasm-simd@keys=8,length=64e3');
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^# ${cell?.id}: wasm-simd at .*lists of 64k`));
  for (const account of ['One-shot', 'Warm', 'Resident']) expect(stdout).toContain(`## ${account}`);
  expect(stdout).toMatch(/^Time per run [\d.]+ µs \[.*\] over 8 rounds; speed-up .*; .* the for-loop\.$/m);
  expect(stdout).toMatch(/^Phases: place .*, compute .*, collect .*, release .*\.$/m);
  expect(stdout).toMatch(/^At this point wasm-simd wins, which rests on:\n\n- for-loop takes [\d.]+× \[/m);
  expect(stdout).toMatch(/^Formula \(.*\): .* per number.*; here .* what was measured; band ± /m);
  expect(stdout.match(/^\| \d \|/gm)).toHaveLength(8);
  expect((await explain(cell?.id ?? '')).stdout).toBe(stdout);
});

it('nothing is saved by doing two things at once where one thread does them', async () => {
  const { stdout } = await explain('for-loop@keys=8,length=64e3');
  expect(stdout).toContain('Phases: place');
  expect(stdout).not.toContain('saved by sending');
});

it.each([
  ['wasm-smid@keys=8', 'no cell or strategy "wasm-smid". Did you mean "wasm-simd"?'],
  ['c999', 'no cell or strategy "c999".'],
  ['wasm-simd', 'cells fit. wasm-simd has c'],
  ['wasm-simd@length=3', 'no cell of that strategy has these values'],
])('--explain %s: exit 2, %s', async (asked, says) => {
  const { code, stderr } = await explain(asked);
  expect(stderr).toContain(says);
  expect(code).toBe(2);
});

describe('the doubts of a cell are those about it, whatever their sentences name:', () => {
  const sample = fileURLToPath(new URL('../../../reports/sample/grid', import.meta.url));
  const analysis = analyse(readResults(join(sample, 'results.ndjson')));
  const doubtsOf = async (asked: string) => {
    const { stdout } = await breakeven(['report', sample, '--explain', asked], { cwd: folder });
    return stdout.slice(stdout.indexOf('## Doubts about it'));
  };

  it.each([
    ['wasm-simd', 4, 1_000],
    ['for-loop', 64, 10],
  ])('%s at %d keys, lists of %d', async (strategy, keys, length) => {
    const id = analysis.header.cells.find(
      ({ strategy: label, point }) => label === strategy && point.keys === keys && point.length === length,
    )?.id;
    const own = analysis.findings.filter(({ cells }) => id !== undefined && cells.includes(id));
    const said = await doubtsOf(`${strategy}@keys=${keys},length=${length}`);
    expect(said.match(/^- (?!\d+ about)/gm) ?? []).toHaveLength(own.length);
    for (const finding of own) {
      const [first] = findingSentences(finding, analysis.header);
      expect(said).toContain(textMarkdown(first));
      expect(finding.strategies).toContain(strategy);
    }
    // What an earlier version took from a sentence about wasm-simd-threads.
    if (strategy === 'wasm-simd') expect(said).not.toContain('became slower from the first third');
  });
});
