import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { shippedKernels } from '../plugins/kernel.js';
import { conformKernel } from './conform-kernel.js';
import type { CaseResult } from './result.js';

const shipped = await shippedKernels();

test.each(shipped.map(({ id, module }) => [id, module]))(
  '%s keeps the contract',
  { timeout: 60_000 },
  async (_, module) => {
    expect(failuresOf(await resultsOf(module))).toEqual([]);
  },
);

describe.concurrent('a plain function', { timeout: 60_000 }, () => {
  test.each([
    ['list => list', '(list) => list.map((x) => x * 2)'],
    ['list => number', '(list) => Math.max(...list)'],
    ['async', 'async (list) => list.map((x) => -x)'],
  ])('%s passes', async (_, source) => {
    const results = await resultsOf(fileWith(`export default ${source}`));
    expect(failuresOf(results)).toEqual([]);
    expect(results.filter(({ status }) => status === 'passed').length).toBeGreaterThanOrEqual(5);
  });

  test.each([
    ['changes its input', '(list) => list.sort()', 'changed its input'],
    ['is not deterministic', '(list) => list.map(() => Math.random())', 'not deterministic'],
    ['answers too few', '(list) => list.slice(1)', 'must answer as many as it gets'],
    ['answers words', '(list) => list.map(String)', 'answers must be numbers'],
    ['throws', '() => { throw new Error("no"); }', 'threw on the list of key "key1": Error: no'],
  ])('one that %s is told so', async (_, source, problem) => {
    const [failure] = failuresOf(await resultsOf(fileWith(`export default ${source}`)));
    expect(failure).toContain(problem);
  });

  test('one that cannot be imported in a worker is told so', async () => {
    const source = `import { isMainThread } from 'node:worker_threads';
      if (!isMainThread) throw new Error('main thread only');
      export default (list) => list.map((x) => x + 1);`;
    const [failure] = failuresOf(await resultsOf(fileWith(source)));
    expect(failure).toContain('cannot be imported in a worker');
  });
});

describe.concurrent('a plug-in that declares what is not so', { timeout: 60_000 }, () => {
  const runningSum = 'list(xs, out) { let s = 0; for (let i = 0; i < xs.length; i++) out[i] = s += xs[i]; }';
  const largest = 'list: (xs) => Math.max(...xs), combine: (a, b) => a';
  const adding = 'list(xs, out) { for (let i = 0; i < xs.length; i++) out[i] += xs[i]; }';
  const square = new URL('../../scenarios/kernels/square-minus-13.wasm', import.meta.url).href;
  const cube = 'list(xs, out) { for (let i = 0; i < xs.length; i++) out[i] = xs[i] ** 3; }';
  test.each([
    ['may be cut anywhere', 'elements', `kind: 'map', ${runningSum}`, "key '2 ints, cut at 1', index 1"],
    ['is joined by combine', 'associative', `kind: 'reduce', ${largest}`, 'cut at'],
    [
      'has a combine',
      'associative',
      `kind: 'reduce', list: (xs) => xs.length`,
      'needs a reduction with `combine(a, b)`',
    ],
    ['fills its output', 'never', `kind: 'map', ${adding}`, 'into a Float64Array of NaN'],
    ['has a twin', 'never', `kind: 'map', ${cube}, wasm: { module: '${square}' }`, 'in WebAssembly'],
    [
      'has a module for its twin',
      'never',
      `kind: 'map', ${cube}, wasm: { module: 'file:///none.wasm' }`,
      'ENOENT',
    ],
  ])('that it %s', async (_, split, body, problem) => {
    const source = `export default { title: 'k', options: {}, split: '${split}', agree: 'exact',
      make: () => ({ ${body}, work: (n) => ({ flops: n, bytes: 8 * n }) }) };`;
    expect(failuresOf(await resultsOf(fileWith(source))).join('\n')).toContain(problem);
  });
});

test.each([
  ['its list itself', 'export default (list) => list;'],
  ['short lists themselves', 'export default (list) => list.length < 5 ? list : list.map((x) => x / 2);'],
  ['a list that it waited for', 'export default async (list) => list;'],
])('a function may answer %s', async (_, source) => {
  const results = await resultsOf(fileWith(source));
  expect(failuresOf(results)).toEqual([]);
  expect(results.filter(({ status }) => status === 'passed').length).toBeGreaterThan(3);
});

const folder = mkdtempSync(join(tmpdir(), 'breakeven-kernels-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function fileWith(source: string): string {
  const path = join(folder, `kernel${files++}.mjs`);
  writeFileSync(path, source);
  return pathToFileURL(path).href;
}

async function resultsOf(module: string): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for await (const result of conformKernel(module)) results.push(result);
  return results;
}

function failuresOf(results: readonly CaseResult[]): string[] {
  return results.flatMap((each) => (each.status === 'failed' ? [`${each.case}: ${each.problem}`] : []));
}
