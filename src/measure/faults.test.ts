import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { processesNaming } from '../../test/support/programs/processes.js';
import { findKernel } from '../plugins/kernel.js';
import { findStrategies } from '../plugins/strategy.js';
import { type CellOrder, quickSampling } from './order.js';
import { readyStrategy } from './preflight/programs.js';
import { processExecutor } from './process-executor.js';

/* Faults of the machine and of workers, as real cells: a clear record, no process left, one cell lost. */
const folder = mkdtempSync(join(tmpdir(), 'breakeven-faults-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return path;
}

const moduleWith = (name: string, source: string) => pathToFileURL(fileWith(name, source)).href;

/** Ends whoever has a unit of work in hand; the caller takes its time, so that its workers get some too. */
const deadly = moduleWith(
  'deadly.mjs',
  `import { isMainThread } from 'node:worker_threads';
  const isProcess = process.argv[1].endsWith('process-worker.js');
  export default { title: 'deadly', options: {}, split: 'never', agree: 'exact', make: () => ({
    kind: 'map',
    list(xs, out) {
      if (isProcess) process.kill(process.pid, 'SIGKILL');
      if (!isMainThread) process.exit(9);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
      for (let i = 0; i < xs.length; i++) out[i] = xs[i];
    },
    work: () => ({ flops: 0, bytes: 0 }),
  }) };`,
);

async function orderFor(name: string): Promise<CellOrder> {
  const [{ label, module, options }] = await findStrategies([name]);
  return {
    cell: 'c1',
    label,
    strategy: { module, options },
    kernel: { module: (await findKernel('square-minus-13')).module, options: {} },
    from: 'lists',
    data: { kind: 'generated', spec: { keys: 8, length: 5, skew: 'equal', values: 'ints', seed: 1 } },
    workers: 2,
    chunk: 'balanced',
    sampling: quickSampling,
    limitMs: 60_000,
    heapMegabytes: 512,
    verify: true,
  };
}

const measure = (order: CellOrder) => processExecutor().run(order, new AbortController().signal);

describe('a cell is lost, with the cause, and nothing is left behind:', { timeout: 120_000 }, () => {
  test.each([
    ['worker-threads', /^Error: worker [12] of 2: worker thread ended with exit code 9/],
    ['worker-threads-transfer', /^Error: worker [12] of 2: worker thread ended with exit code 9/],
    ['worker-threads-shared', /^Error: worker 1 of 2: worker thread ended with exit code 9/],
    ['child-process', /^Error: worker [12] of 2: worker process ended with signal SIGKILL/],
  ])('a worker of %s dies while it holds a unit of work', async (name, says) => {
    const order = { ...(await orderFor(name)), kernel: { module: deadly, options: {} } };
    expect(await measure(order)).toMatchObject({ status: 'crashed', message: expect.stringMatching(says) });
    expect(await processesNaming(deadly)).toEqual([]);
  });

  test('a SharedArrayBuffer is too large', async () => {
    const source = `export default { title: 'greedy', family: 'threads', open: () => ({ close() {}, run(input) {
      new SharedArrayBuffer(2 ** 46); return input; } }) };`;
    const strategy = { module: moduleWith('greedy.mjs', source), options: {} };
    expect(await measure({ ...(await orderFor('for-loop')), strategy })).toMatchObject({
      status: 'limit',
      limit: 'memory',
      message: expect.stringMatching(
        /^ran out of memory: RangeError: Array buffer allocation failed .*greedy/,
      ),
    });
  });
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** An interpreter that changes one thing before it runs what it was given. */
function pythonThat(name: string, does: string): string {
  const entry = 'exec(compile(open("main.py").read(), "main.py", "exec"))';
  const path = fileWith(name, `#!/bin/sh\nexec python3 -B -c 'import sys; ${does}; ${entry}'\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('what the machine lacks is said, and is no failure:', { timeout: 60_000 }, () => {
  const needsOf = async (name: string, tools: Readonly<Record<string, string>>) => {
    const [entry] = await findStrategies([name]);
    const { module } = await findKernel('square-minus-13');
    return (await readyStrategy(entry, { module, options: {} }, tools)).needs;
  };

  test.skipIf(!hasPython)('Python 2', async () => {
    const change = 'sys.version_info = (2, 7, 18, "final", 0)';
    const python = pythonThat('python2', change);
    for (const name of ['python-for-loop', 'python-numpy-from-node'])
      expect(await needsOf(name, { python })).toBe('Python 3.8 or newer (this one is 2.7)');
    expect(await processesNaming(change)).toEqual([]);
  });

  test.skipIf(!hasPython)('numpy, while Python itself is there', async () => {
    const change = 'sys.modules["numpy"] = None';
    const python = pythonThat('python-bare', change);
    expect(await needsOf('python-numpy', { python })).toMatch(/numpy/);
    expect(await needsOf('python-for-loop', { python })).toBeUndefined();
    expect(await processesNaming(change)).toEqual([]);
  });

  test('a C compiler', async () => {
    for (const name of ['native-serial', 'native-pthreads-from-node'])
      expect(await needsOf(name, { cc: 'no-such-cc' })).toBe('a C compiler (cc) (spawn no-such-cc ENOENT)');
  });
});
