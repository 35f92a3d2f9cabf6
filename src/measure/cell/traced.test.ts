import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Session } from '../../contract/strategy.js';
import { loadKernel } from '../../plugins/kernel.js';
import { threadPool } from '../../workers/pool.js';
import { pooledSession } from '../../workers/pooled-session.js';
import { Inputs } from './input.js';
import { tracedCall } from './traced.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-traced-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'copy.mjs');
writeFileSync(
  path,
  `export default { title: 'copy', options: {}, split: 'elements', agree: 'exact', make: () => ({
    kind: 'map',
    list: (xs, out) => { for (let i = 0; i < xs.length; i++) out[i] = xs[i]; },
    work: (length) => ({ flops: length, bytes: 16 * length }),
  }) };`,
);
const ref = { module: pathToFileURL(path).href, options: {} };
const { kernel } = await loadKernel(ref);

const opened: Session[] = [];
afterEach(async () => {
  for (const session of opened.splice(0)) await session.close();
});

async function request(keys: number, round = 0) {
  const { signal } = new AbortController();
  const pool = await threadPool({ ref, workers: 1 });
  const open = { kernel, ref, split: 'elements', workers: 1, chunk: 'key', options: {}, signal } as const;
  const session = pooledSession(pool, open);
  opened.push(session);
  const input = new Map(Array.from({ length: keys }, (_, k) => [`k${k}`, [k]]));
  return { order: { round }, session, inputs: new Inputs(input) };
}

/** Dear enough for a single traced call. */
const long = { samplesNs: [1e9] };

describe('the traced call of a cell', { timeout: 60_000 }, () => {
  test('is kept as its spans, which lie within it', async () => {
    const { trace } = await tracedCall(await request(4), long);
    if (trace?.kind !== 'spans') throw new Error(`the trace is ${trace?.kind}`);
    for (const { spans } of [trace.caller, ...trace.workers]) {
      expect(spans.length).toBeGreaterThan(4);
      for (const [, from, to] of spans) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(trace.totalNs);
      }
    }
  });

  test('is kept as its parts where it has a great many, and they add up', async () => {
    const { trace } = await tracedCall(await request(400), long);
    if (trace?.kind !== 'parts') throw new Error(`the trace is ${trace?.kind}`);
    expect(trace.spans).toBeGreaterThan(1_000);
    const sum = Object.values(trace.partsNs).reduce((all, ns) => all + ns, 0);
    expect(sum).toBeCloseTo(trace.totalNs, 3);
  });

  test('is made in the first round alone, and only where there are workers', async () => {
    expect(await tracedCall(await request(4, 1), long)).toEqual({});
    for (const session of opened.splice(0)) await session.close();
    const input = new Map([['a', [1]]]);
    const session: Session = { run: (given) => given, close: () => {} };
    const alone = { order: {}, session, inputs: new Inputs(input) };
    expect(await tracedCall(alone, long)).toEqual({});
  });

  test('is not made where calls are so dear that it could end the time of its cell', async () => {
    expect(await tracedCall(await request(4), { samplesNs: [3e9] })).toEqual({});
  });
});
