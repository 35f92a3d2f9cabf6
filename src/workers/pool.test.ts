import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { type Batch, mark, unmark } from './messages.js';
import { type Pool, type PoolRequest, processPool, threadPool, type WithoutId } from './pool.js';

/** What a list begins with says what becomes of it. */
const kernelSource = `
  export default { title: 'fate', options: {}, split: 'never', agree: 'exact', make: () => ({
    kind: 'wait',
    list: async ([fate]) => {
      if (fate === 1) throw new Error('one is too few');
      if (fate === 2) { process.stderr.write('two is too many\\n'); process.exit(9); }
      if (fate === 3) await new Promise((resolve) => setTimeout(resolve, 600000));
      return undefined;
    },
    work: () => ({ flops: 0, bytes: 0 }),
  }) };`;

const folder = mkdtempSync(join(tmpdir(), 'breakeven-pool-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ref = { module: fileWith('fate.mjs', kernelSource), options: {} };
const brokenRef = { module: fileWith('broken.mjs', 'throw new Error("not today");'), options: {} };

const opened: Pool[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pool) => pool.close()));
});

const kinds: [string, (request: PoolRequest) => Promise<Pool>][] = [
  ['threads', threadPool],
  ['processes, JSON', (request) => processPool({ ...request, serialization: 'json' })],
  ['processes, advanced', (request) => processPool({ ...request, serialization: 'advanced' })],
];

describe.each(kinds)('a pool of %s', { timeout: 60_000 }, (_, openPool) => {
  const open = async (workers = 2, signal?: AbortSignal): Promise<Pool> => {
    const pool = await openPool({ ref, workers, signal });
    opened.push(pool);
    return pool;
  };

  test('answers, whichever worker is asked', async () => {
    const pool = await open();
    for (const worker of [0, 1]) expect(listsIn(await pool.ask(worker, run([0, 5])))).toEqual([[0, 5]]);
  });

  test('gives every job to one worker, once, and keeps all of them busy', async () => {
    const pool = await open();
    const jobs = Array.from({ length: 20 }, (_, index) => ({ index, request: run([0, index]) }));
    const waiting = [...jobs];
    const done = new Map<number, number>();
    await pool.dispatch(
      () => waiting.shift(),
      ({ index }, answer, worker) => {
        expect(listsIn(answer)).toEqual([[0, index]]);
        expect(done.has(index)).toBe(false);
        done.set(index, worker);
      },
    );
    expect(done.size).toBe(20);
    expect(new Set(done.values())).toEqual(new Set([0, 1]));
  });

  test('an error in a worker rejects that job and no other', async () => {
    const pool = await open();
    await expect(pool.ask(1, run([1]))).rejects.toThrow(/^in worker 2: Error: one is too few/);
    expect(listsIn(await pool.ask(1, run([0])))).toEqual([[0]]);
  });

  test('after an error no further job is sent', async () => {
    const pool = await open(1);
    const waiting = [1, 0, 0, 0, 0, 0, 0, 0].map((fate) => ({ request: run([fate]) }));
    let done = 0;
    const all = pool.dispatch(
      () => waiting.shift(),
      () => done++,
    );
    await expect(all).rejects.toThrow('one is too few');
    await pool.ask(0, run([0]));
    expect(waiting.length).toBeGreaterThan(0);
    expect(done).toBeLessThan(8);
  });

  test('a worker that dies rejects the running job with exit code and last words, and every later one', async () => {
    const pool = await open();
    const death = /^worker 1 of 2: worker (thread|process) ended with exit code 9: two is too many$/;
    const other = pool.ask(1, run([3]));
    other.catch(() => {});
    await expect(pool.ask(0, run([2]))).rejects.toThrow(death);
    await expect(other).rejects.toThrow(death);
    await expect(pool.ask(1, run([0]))).rejects.toThrow(death);
  });

  test('closing rejects what is running; a second close does nothing', async () => {
    const pool = await open();
    const running = pool.ask(0, run([3]));
    running.catch(() => {});
    await Promise.all([pool.close(), pool.close()]);
    await expect(running).rejects.toThrow('the pool was closed while a job was running');
    await pool.close();
    await expect(pool.ask(0, run([0]))).rejects.toThrow(/closed/);
  });

  test('a closed pool says so', async () => {
    const pool = await open(1);
    await pool.close();
    await expect(pool.ask(0, run([0]))).rejects.toThrow('the pool is closed');
  });

  test('aborting rejects what is running', async () => {
    const controller = new AbortController();
    const pool = await open(2, controller.signal);
    const running = pool.ask(0, run([3]));
    running.catch(() => {});
    controller.abort();
    await expect(running).rejects.toThrow('aborted');
  });

  test('aborting while it opens, or before, ends the opening', async () => {
    const controller = new AbortController();
    const opening = openPool({ ref, workers: 2, signal: controller.signal });
    controller.abort();
    await expect(opening).rejects.toThrow('aborted');
    await expect(openPool({ ref, workers: 1, signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });

  test('a kernel that cannot be imported says why', async () => {
    await expect(openPool({ ref: brokenRef, workers: 2 })).rejects.toThrow('not today');
  });

  test('numbers that JSON loses come back', async () => {
    const pool = await open(1);
    const list = [0, -0, Number.NaN, 1 / 0, -1 / 0];
    expect(listsIn(await pool.ask(0, run(list, pool.json)))).toEqual([list]);
  });
});

function run(list: number[], json = false): WithoutId {
  return { type: 'run', batch: json ? mark([list]) : { form: 'lists', lists: [list] } };
}

function listsIn({ batch }: { batch?: Batch }): number[][] {
  if (batch === undefined || batch.form === 'columns') throw new Error('expected lists');
  return batch.form === 'marked' ? unmark(batch) : batch.lists;
}

function fileWith(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return pathToFileURL(path).href;
}
