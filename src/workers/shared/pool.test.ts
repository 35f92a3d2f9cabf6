import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { loadKernel } from '../../plugins/kernel.js';
import { collectGarbageInPools, takeTally } from '../registry.js';
import { type Area, plainEngine, wholeLists } from './area.js';
import { type SharedPool, sharedPool } from './pool.js';

/** What a list begins with says what becomes of it. The caller dawdles, so that threads get units too. */
const kernelSource = `
  import { isMainThread } from 'node:worker_threads';
  const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  export default { title: 'fate', options: {}, split: 'never', agree: 'exact', make: () => ({
    kind: 'map',
    list: ([fate], out) => {
      if (fate === 1) throw new Error('one is too few');
      if (isMainThread && fate > 1) wait(30);
      else if (fate === 2) { process.stderr.write('two is too many\\n'); process.exit(9); }
      else if (fate === 3) wait(600_000);
      out[0] = fate + 100;
    },
    work: () => ({ flops: 0, bytes: 0 }),
  }) };`;

const folder = mkdtempSync(join(tmpdir(), 'breakeven-shared-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'fate.mjs');
writeFileSync(path, kernelSource);
const ref = { module: pathToFileURL(path).href, options: {} };

// A module outside the package makes Node start a thread of its own, for resolving: it must be there before we count.
const { kernel } = await loadKernel(ref);
await new Promise((resolve) => setImmediate(resolve));

const threads = new Set<Worker>();
process.on('worker', (worker) => {
  threads.add(worker);
  worker.once('exit', () => threads.delete(worker));
});

const opened: SharedPool[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pool) => pool.close()));
  await settled();
  expect(threads.size).toBe(0);
});

async function open(workers = 3, signal?: AbortSignal): Promise<SharedPool> {
  const pool = await sharedPool({ kernel, ref, workers, engine: plainEngine(kernel), signal });
  opened.push(pool);
  await settled();
  return pool;
}

describe('a pool of threads that share memory', { timeout: 60_000 }, () => {
  test('computes every unit, call after call, and whatever was added', async () => {
    const pool = await open();
    const first = areaOf(new Array(500).fill(0));
    const second = areaOf([0.5]);
    const ids = [pool.add(first), pool.add(second)];
    for (let call = 0; call < 50; call++) {
      first.output.fill(Number.NaN);
      second.output.fill(Number.NaN);
      for (const id of ids) await pool.compute(id);
      expect(first.output.every((x) => x === 100)).toBe(true);
      expect(second.output[0]).toBe(100.5);
    }
  });

  test('one worker is the caller alone', async () => {
    const pool = await open(1);
    const area = areaOf([0, 0, 0]);
    await pool.compute(pool.add(area));
    expect([...area.output]).toEqual([100, 100, 100]);
    expect(threads.size).toBe(0);
    await pool.meet();
  });

  test('an error in any worker rejects that call and no other', async () => {
    const pool = await open();
    const bad = pool.add(areaOf([0, 0, 1, 0, 1, 0]));
    const good = areaOf([0, 0]);
    const goodId = pool.add(good);
    for (let call = 0; call < 5; call++) {
      await expect(compute(pool, bad)).rejects.toThrow('one is too few');
      good.output.fill(Number.NaN);
      await pool.compute(goodId);
      expect([...good.output]).toEqual([100, 100]);
    }
  });

  test('a thread that ends rejects the call with exit code and last words, every later one, and ends all', async () => {
    const pool = await open();
    const id = pool.add(areaOf([2, 2, 2, 2, 2, 2]));
    const death = /^worker [12] of 3: worker thread ended with exit code 9: two is too many$/;
    await expect(compute(pool, id)).rejects.toThrow(death);
    await expect(compute(pool, id)).rejects.toThrow(death);
    // Nobody closed the pool: the other thread is ended all the same, which takes it a moment.
    await vi.waitFor(() => expect(threads.size).toBe(0), 20_000);
  });

  test('a thread that is killed while it holds a unit rejects the call and ends all', async () => {
    const pool = await open();
    const [victim] = threads;
    const running = compute(pool, pool.add(areaOf([3, 3, 3, 3, 3, 3])));
    running.catch(() => {});
    await victim.terminate();
    await expect(running).rejects.toThrow(/^worker [12] of 3: worker thread ended with exit code 1/);
    // Nobody closed the pool: the other thread is ended all the same, which takes it a moment.
    await vi.waitFor(() => expect(threads.size).toBe(0), 20_000);
  });

  test('closing and aborting reject what is running', async () => {
    const pool = await open();
    const running = compute(pool, pool.add(areaOf([3, 3, 3, 3])));
    running.catch(() => {});
    await Promise.all([pool.close(), pool.close()]);
    await expect(running).rejects.toThrow('the pool is closed');

    const controller = new AbortController();
    const other = await open(2, controller.signal);
    const aborted = compute(other, other.add(areaOf([3, 3, 3, 3])));
    aborted.catch(() => {});
    controller.abort();
    await expect(aborted).rejects.toThrow('aborted');
  });

  test('aborting before it opens ends the opening', async () => {
    await expect(open(2, AbortSignal.abort())).rejects.toThrow('aborted');
  });

  test('every isolate collects its garbage, and what workers spent is known', async () => {
    const pool = await open();
    const id = pool.add(areaOf(new Array(6).fill(5)));
    takeTally();
    await pool.compute(id);
    const { busyNs, answers } = takeTally();
    // Six lists, of which the caller takes 30 ms for each of its own.
    expect(busyNs).toBeGreaterThan(0);
    expect(answers).toBeGreaterThan(0);
    await collectGarbageInPools();
    pool.forget(id);
    await collectGarbageInPools();
    await pool.meet();
    await expect(compute(pool, id)).rejects.toThrow('was forgotten');
  });

  test('calls that overlap are carried out one after another', async () => {
    const pool = await open();
    const areas = [areaOf([5, 5, 5]), areaOf([0, 0, 0])];
    const ids = areas.map((area) => pool.add(area));
    await Promise.all(ids.map((id) => pool.compute(id)));
    expect(areas.map(({ output }) => output[2])).toEqual([105, 100]);
  });
});

/** A unit per list of one number. */
function areaOf(fates: readonly number[]): Area {
  const shared = (bytes: number) => new SharedArrayBuffer(bytes);
  const input = new Float64Array(shared(8 * fates.length));
  input.set(fates);
  const offsets = new Uint32Array(shared(4 * (fates.length + 1)));
  const units = new Uint32Array(shared(16 * fates.length));
  for (let k = 0; k < fates.length; k++) {
    offsets[k + 1] = k + 1;
    units.set([k, k + 1, wholeLists, 0], 4 * k);
  }
  return { input, output: new Float64Array(shared(8 * fates.length)), offsets, units };
}

async function compute(pool: SharedPool, id: number): Promise<void> {
  await pool.compute(id);
}

/** Node tells of threads that began or ended in a later turn of the event loop. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
