import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { toColumns } from '../dictionary/columns.js';
import { writeColumnsFile } from '../dictionary/columns-file.js';
import { findKernel } from '../plugins/kernel.js';
import { findStrategies } from '../plugins/strategy.js';
import type { MeasuredInFull } from '../results/format.js';
import { type CellOrder, quickSampling } from './order.js';
import { processExecutor } from './process-executor.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-cells-'));
afterAll(() => rmSync(folder, { recursive: true }));

const spec = { keys: 4, length: 25, skew: 'equal', values: 'ints', seed: 1 } as const;
const { signal } = new AbortController();

describe('a real cell', { timeout: 120_000 }, () => {
  test.each([
    ['for-loop', 'lists', 'square-minus-13'],
    ['worker-threads', 'columns', 'square-minus-13'],
    ['child-process', 'lists', 'sum'],
  ] as const)('%s from %s with %s is measured in all accounts', async (strategy, from, kernel) => {
    const order = await orderFor(strategy, kernel);
    const outcome = await processExecutor().run({ ...order, from }, signal);
    if (outcome.status !== 'measured') throw new Error(`${outcome.status}: ${outcome.message}`);
    const { oneShot, warm, resident } = outcome as MeasuredInFull;
    const { importNs, kernelNs = Number.NaN, openNs, runNs, closeNs } = oneShot.phases;
    expect(kernelNs).toBeGreaterThan(0);
    expect(kernelNs).toBeLessThan(importNs);
    expect(importNs + openNs + runNs + closeNs).toBe(oneShot.totalNs);
    expect(warm.samplesNs.length).toBeGreaterThanOrEqual(10);
    expect(warm.stages?.phasesNs.compute.length).toBe(warm.stages?.samplesNs.length);
    expect(resident).toMatchObject({ status: 'measured', streamed: false });
    expect(outcome.elements).toBe('ints');
    expect(outcome.peakBytes).toBeGreaterThan(outcome.baseBytes / 2);
    expect(warm.busyNs === undefined).toBe(strategy === 'for-loop');
    // Plain data, as it goes to the journal: no NaN, no function, nothing undefined in a list.
    expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
  });

  test('gives each warm call data in memory of its own, and no number that is not the user’s', async () => {
    const path = join(folder, 'user.columns');
    // A function that looks something up by its numbers.
    writeColumnsFile(path, toColumns(new Map(['a', 'b'].map((key) => [key, [30, 10, 20]]))));
    const lookup = fileWith(
      'lookup.mjs',
      `const known = new Map([[10, 1], [20, 2], [30, 3]]);
export default (xs) => Array.from(xs, (x) => { if (!known.has(x)) throw new Error('nobody has ' + x); return known.get(x); });`,
    );
    const counting = (least: number, most: number) =>
      fileWith(
        `counting-${least}.mjs`,
        `const seen = new Set();
export default { title: 'counting', family: 'serial', open: ({ kernel }) => ({
  run(input) { if (input.size === 2) seen.add(input); return new Map([...input].map(([key, xs]) => [key, kernel.fresh(xs)])); },
  close() { if (seen.size !== 1 && (seen.size < ${least} || seen.size > ${most})) throw new Error(seen.size + ' inputs'); } }) };`,
      );
    const cell = {
      ...(await orderFor('for-loop', 'sum')),
      kernel: { module: lookup, options: { kind: 'map' } },
      data: { kind: 'file', path } as const,
    };
    const { run } = processExecutor();
    const measure = (least: number, most: number, cache?: 'warm') =>
      run({ ...cell, cache, strategy: { module: counting(least, most), options: {} } }, signal);
    const data = expect.stringMatching(/fresh|in cache/);
    expect(await measure(100, 1e9)).toMatchObject({ status: 'measured', warm: { data } });
    expect(await measure(2, 2, 'warm')).toMatchObject({ status: 'measured', warm: { data: 'in cache' } });
  });

  test('loads what a script imports from breakeven before its clock, and no pools in a worker', async () => {
    const log = join(folder, 'loads.txt');
    writeFileSync(log, '');
    const hooks = fileWith(
      'hooks.mjs',
      `import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  appendFileSync(${JSON.stringify(log)}, process.pid + ' ' + url + '\\n');
  return next(url, context);
}`,
    );
    const preload = fileWith(
      'preload.mjs',
      `import { register } from 'node:module'; register(${JSON.stringify(hooks)});`,
    );
    const order = await orderFor('child-process', 'square-minus-13');
    const outcome = await processExecutor({ nodeArgs: ['--import', preload] }).run(order, signal);
    expect(outcome).toMatchObject({ status: 'measured' });
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    const [cell, ...workers] = [...new Set(lines.map((line) => line.split(' ')[0]))];
    const placeOf = (file: string, pid: string) =>
      lines.findIndex((line) => line.startsWith(`${pid} `) && line.endsWith(file));
    const strategy = placeOf('/dist/strategies/child-process.js', cell);
    for (const ours of ['/dist/src/index.js', '/dist/src/workers/pool.js', '/dist/src/process/fork.js']) {
      expect(placeOf(ours, cell)).toBeGreaterThan(-1);
      expect(placeOf(ours, cell)).toBeLessThan(strategy);
    }
    expect(workers.length).toBeGreaterThan(0);
    for (const pid of workers) {
      expect(placeOf('/square-minus-13.js', pid)).toBeGreaterThan(-1);
      expect(placeOf('/dist/src/workers/pool.js', pid)).toBe(-1);
      expect(placeOf('/dist/src/process/fork.js', pid)).toBe(-1);
    }
  });

  test.each(['for-loop', 'async-tasks'])(
    '%s blocks the main thread for the whole of a dear call',
    async (strategy) => {
      const dear = await orderFor(strategy, 'sqrt-chain');
      const kernel = { ...dear.kernel, options: { steps: 200_000 } };
      const outcome = await processExecutor().run({ ...dear, kernel }, signal);
      const { warm } = outcome as MeasuredInFull;
      expect(warm.stallNs).toBe(Math.max(...(warm.collected?.samplesNs ?? [])));
    },
  );

  test('is warm back to back: no collection is forced between its calls, and what the engine collects is in it', async () => {
    const source = `let calls = 0, forced = 0, most = 0; const collect = globalThis.gc;
globalThis.gc = (...args) => { most = Math.max(most, calls); calls = 0; forced++; return collect(...args); };
export default { title: 'hoards', family: 'serial', open: ({ kernel }) => ({
  run(input) { calls++; for (const end = performance.now() + 2; performance.now() < end; ) new Array(1_000).fill(0.5);
    return new Map([...input].map(([key, xs]) => [key, [kernel.list(xs)]])); },
  close() { if (forced > 1 && Math.max(most, calls) < 20) throw new Error(most + ' calls between collections'); } }) };`;
    const order = await orderFor('for-loop', 'sum');
    const strategy = { module: fileWith('hoards.mjs', source), options: {} };
    // A series as a run has it, and not the few calls of other tests.
    const sampling = { ...order.sampling, warmupMs: 10, warmMs: 150 };
    const outcome = await processExecutor().run({ ...order, strategy, sampling }, signal);
    expect(outcome).toMatchObject({ status: 'measured' });
    const { warm } = outcome as MeasuredInFull;
    expect(warm.gcNs).toBeGreaterThan(0);
    expect(warm.meanNs).toBeGreaterThanOrEqual(2e6);
    expect(warm.collected?.samplesNs.length).toBeGreaterThan(0);
  });

  test('is measured and verified in the resident account alone where that is asked for', async () => {
    const order = { ...(await orderFor('worker-threads', 'square-minus-13')), only: 'resident' } as const;
    const outcome = await processExecutor().run(order, signal);
    expect(outcome).toMatchObject({ status: 'measured', resident: { status: 'measured' } });
    expect(outcome).not.toHaveProperty('oneShot');
    expect(outcome).not.toHaveProperty('warm');
  });

  test('that is measured by run alone has no resident figure, and is verified', async () => {
    const order = { ...(await orderFor('wasm-simd-threads', 'square-minus-13')), runAlone: true } as const;
    const outcome = await processExecutor().run({ ...order, from: 'columns' }, signal);
    expect(outcome).toMatchObject({ status: 'measured', resident: { status: 'not applicable' } });
    expect((outcome as MeasuredInFull).warm).not.toHaveProperty('stages');
    expect((outcome as MeasuredInFull).warm.samplesNs.length).toBeGreaterThan(0);
  });

  test('whose list is too large to be kept is verified by digests, and found wrong where it is', async () => {
    const large = { ...spec, keys: 1, length: 2_000_001 };
    const order = { ...(await orderFor('typed-array', 'square-minus-13')), heapMegabytes: 1_024 };
    const data = { kind: 'generated', spec: large } as const;
    const executor = processExecutor();
    const right = await executor.run({ ...order, data, from: 'columns' }, signal);
    expect(right).toMatchObject({ status: 'measured' });
    // By now the right answers are known from the first cell.
    const late = `export default { title: 'late', family: 'serial', open: () => ({ close() {}, run({ keys, offsets, values }) {
      const out = values.map((x) => x * x - 13); out[2_000_000] += 1; return { keys, offsets: offsets.slice(), values: out }; } }) };`;
    const strategy = { module: fileWith('late.mjs', late), options: {} };
    const wrong = await executor.run({ ...order, strategy, data, from: 'columns' }, signal);
    expect(wrong).toMatchObject({ status: 'wrong', message: expect.stringContaining('number') });
  });

  test('that runs out of memory is a limit, not a crash', async () => {
    const hoard = `export default { title: 'hoard', family: 'serial', open: () => ({ close() {}, run(input) {
      const all = []; for (;;) all.push(new Array(1000).fill(Math.random())); } }) };`;
    const order = { ...(await orderFor('for-loop', 'sum')), heapMegabytes: 40 };
    const strategy = { module: fileWith('hoard.mjs', hoard), options: {} };
    expect(await processExecutor().run({ ...order, strategy }, signal)).toEqual({
      status: 'limit',
      limit: 'memory',
      message: expect.stringMatching(
        /^ran out of memory \(heap limit 40 MB\)\. Measure less data, .*more memory/,
      ),
    });
  });

  test('whose kernel cannot be imported says why', async () => {
    const order = await orderFor('for-loop', 'sum');
    const kernel = { module: fileWith('broken.mjs', 'throw new Error("no kernel today")'), options: {} };
    const outcome = await processExecutor().run({ ...order, kernel }, signal);
    expect(outcome).toMatchObject({ status: 'crashed', message: expect.stringContaining('no kernel today') });
  });

  test('that is aborted was not measured', async () => {
    const outcome = await processExecutor().run(await orderFor('for-loop', 'sum'), AbortSignal.abort());
    expect(outcome).toMatchObject({ status: 'skipped' });
  });
});

async function orderFor(strategy: string, kernel: string): Promise<CellOrder> {
  const [{ label, module, options }] = await findStrategies([strategy]);
  const found = await findKernel(kernel);
  return {
    cell: 'c1',
    label,
    strategy: { module, options },
    kernel: { module: found.module, options: {} },
    from: 'lists',
    data: { kind: 'generated', spec },
    workers: 2,
    chunk: 'balanced',
    sampling: quickSampling,
    limitMs: 100_000,
    heapMegabytes: 512,
    verify: true,
  };
}

function fileWith(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return pathToFileURL(path).href;
}
