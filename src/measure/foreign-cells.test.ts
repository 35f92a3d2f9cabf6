import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { madeUpRequest } from '../../test/support/made-up-plan.js';
import { findKernel } from '../plugins/kernel.js';
import { findStrategies } from '../plugins/strategy.js';
import { type CellOrder, quickSampling } from './order.js';
import { makePlan } from './plan.js';
import { processExecutor } from './process-executor.js';
import { measureResident } from './resident/resident.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-foreign-'));
afterAll(() => rmSync(folder, { recursive: true }));

const square = await findKernel('square-minus-13');
const { signal } = new AbortController();
/** What nobody may remove because a plug-in says so. */
const precious = join(folder, 'precious');
mkdirSync(precious);

let written = 0;
function fileWith(source: string): string {
  const path = join(folder, `plugin-${++written}.mjs`);
  writeFileSync(path, source);
  return pathToFileURL(path).href;
}

function orderWith(strategy: CellOrder['strategy'], given: Partial<CellOrder> = {}): CellOrder {
  return {
    cell: 'c1',
    label: 'made up',
    strategy,
    kernel: { module: square.module, options: {} },
    from: 'lists',
    data: { kind: 'generated', spec: { keys: 4, length: 25, skew: 'equal', values: 'ints', seed: 1 } },
    workers: 2,
    chunk: 'balanced',
    sampling: quickSampling,
    limitMs: 60_000,
    heapMegabytes: 512,
    verify: true,
    ...given,
  };
}

/** A loop that first does this, while it is imported. */
const loopThat = (does: string) => `${does}
export default { title: 'S', family: 'serial', open: ({ kernel }) => ({ close() {},
  run: (input) => new Map([...input].map(([key, xs]) => { const out = xs.slice(); kernel.list(xs, out); return [key, out]; })) }) };`;

const measure = (order: CellOrder) => processExecutor().run(order, signal);

const outcome = `{ type: 'outcome', outcome: { status: 'skipped', message: 'forged' } }`;
const nonces = `for (const message of [null, 5, 'x', [], {}, ${outcome}, { nonce: 'x', body: ${outcome} },
    { type: 'leftover', leftover: { kind: 'folder', folder: ${JSON.stringify(precious)} } },
    { nonce: undefined, body: { type: 'leftover', leftover: { kind: 'folder', folder: ${JSON.stringify(precious)} } } }])`;

describe('what a strategy sends for its cell', { timeout: 120_000 }, () => {
  test.each([
    ['by process.send', `${nonces} process.send(message);`],
    ['by what is below it', `${nonces} process._send(message);`],
    [
      'by what is kept of it',
      `const { send } = process; ${nonces} send.call(process, message, undefined, {}, () => {});`,
    ],
    [
      'after it has caught whatever it could',
      "process.on('message', () => {}); process.on('newListener', () => {}); process._handleQueue = [];",
    ],
  ])('%s changes nothing', async (_, does) => {
    const strategy = { module: fileWith(loopThat(does)), options: {} };
    expect(await measure(orderWith(strategy))).toMatchObject({ status: 'measured' });
    expect(existsSync(precious)).toBe(true);
  });

  test('is not believed where the cell dies after it', async () => {
    const module = fileWith(loopThat(`${nonces} process.send(message); process.exit(0);`));
    expect(await measure(orderWith({ module, options: {} }))).toMatchObject({
      status: 'crashed',
      message: 'its process ended with exit code 0 before it had an answer',
    });
    expect(existsSync(precious)).toBe(true);
  });

  test.each([
    ['process.disconnect();'],
    ["process.removeAllListeners('disconnect'); process.disconnect(); for (;;);"],
    ['process.removeAllListeners(); process._disconnect(); for (;;);'],
  ])('to close the channel is to crash, not to hang: %s', async (does) => {
    const beganMs = performance.now();
    const outcome = await measure(orderWith({ module: fileWith(loopThat(does)), options: {} }));
    expect(outcome).toMatchObject({ status: 'crashed', exitCode: 1 });
    expect(outcome).toMatchObject({ stderrTail: expect.stringContaining('process.disconnect()') });
    expect(performance.now() - beganMs).toBeLessThan(50_000);
  });

  test('a cell that has answered is not waited for until its limit', async () => {
    const module = fileWith(loopThat("process.on('exit', () => { for (;;); });"));
    const beganMs = performance.now();
    expect(await measure(orderWith({ module, options: {} }))).toMatchObject({ status: 'measured' });
    expect(performance.now() - beganMs).toBeLessThan(50_000);
  });
});

describe('what a kernel sends for its worker', { timeout: 120_000 }, () => {
  test.each(['worker-threads', 'worker-threads-shared', 'child-process'])(
    'changes nothing of %s',
    async (id) => {
      const module = fileWith(`import { parentPort } from 'node:worker_threads';
      const say = (message) => { process.send?.(message); parentPort?.postMessage(message); };
      const all = [null, 5, {}, { type: 'ready' }, { type: 'done', id: 1 }, { type: 'done', id: 2, batch: null }];
      all.forEach(say);
      export default { title: 'K', options: {}, split: 'elements', agree: 'exact',
        make: () => ({ kind: 'map', work: (n) => ({ flops: n, bytes: 16 * n }),
          list(xs, out) { all.forEach(say); for (let i = 0; i < xs.length; i++) out[i] = xs[i] + 1; } }) };`);
      const [strategy] = await findStrategies([id]);
      const order = orderWith(
        { module: strategy.module, options: strategy.options },
        { kernel: { module, options: {} } },
      );
      expect(await measure(order)).toMatchObject({ status: 'measured' });
    },
  );

  test('past its seal, by the prototype of its port, does not crash the cell', async () => {
    const module = fileWith(`import { MessagePort, parentPort } from 'node:worker_threads';
      const say = (message) => parentPort && MessagePort.prototype.postMessage.call(parentPort, message);
      export default { title: 'K', options: {}, split: 'elements', agree: 'exact',
        make: () => ({ kind: 'map', list(xs, out) {
          [null, 5, {}, { type: 'done', id: 1 }, { type: 'more' }].forEach(say);
          for (let i = 0; i < xs.length; i++) out[i] = xs[i] + 1; } }) };`);
    const [strategy] = await findStrategies(['worker-threads']);
    const order = orderWith(
      { module: strategy.module, options: strategy.options },
      { kernel: { module, options: {} } },
    );
    expect(await measure(order)).toMatchObject({ status: 'measured' });
  });
});

test('of several cells in one process a plug-in can speak for none', { timeout: 120_000 }, async () => {
  const module = fileWith(
    loopThat(`for (const cell of ['c1', 'c2']) process.send({ cell, outcome: { status: 'skipped', message: 'forged' } });
      process.send(null);`),
  );
  const entry = {
    id: 's',
    label: 's',
    module,
    options: {},
    strategy: { title: 'S', family: 'serial' },
  } as const;
  const [loaded] = await findStrategies(['for-loop']);
  const plan = await makePlan(
    madeUpRequest({
      kernel: { ...square, options: {} },
      strategies: [{ ...loaded, ...entry, strategy: loaded.strategy }],
      limitMs: 60_000,
    }),
  );
  const clock = { nowMs: () => performance.now() };
  const records = await measureResident(plan, plan.runnable, { clock, signal });
  expect(records.map(({ cell }) => cell)).toEqual(plan.runnable.map(({ id }) => id));
  for (const { outcome } of records) expect(outcome).not.toMatchObject({ message: 'forged' });
});
