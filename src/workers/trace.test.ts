import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Activity, Span } from '../contract/trace.js';
import { loadKernel } from '../plugins/kernel.js';
import { type PoolRequest, processPool, threadPool } from './pool.js';
import { pooledSession } from './pooled-session.js';
import { trace, traceCalls } from './registry.js';
import { type Area, plainEngine, wholeLists } from './shared/area.js';
import { sharedPool } from './shared/pool.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-trace-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'double.mjs');
writeFileSync(
  path,
  `export default { title: 'double', options: {}, split: 'elements', agree: 'exact', make: () => ({
    kind: 'map',
    list: (xs, out) => { for (let i = 0; i < xs.length; i++) out[i] = 2 * xs[i]; },
    work: (length) => ({ flops: length, bytes: 16 * length }),
  }) };`,
);
const ref = { module: pathToFileURL(path).href, options: {} };
const { kernel } = await loadKernel(ref);
const input = new Map(['a', 'b', 'c', 'd', 'e'].map((key) => [key, [1, 2, 3]]));

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** From and to of what a message was part of, by activity. */
function ofMessage(spans: readonly Span[], number: number): Map<Activity, Span> {
  return new Map(spans.flatMap((span) => (span[3] === number ? [[span[0], span]] : [])));
}

/** One call, traced. */
async function traceCall(call: () => Promise<void>) {
  const { calls, ...rest } = await traceCalls(1, () => {}, call);
  return { ...calls[0], ...rest };
}

const messagesIn = (spans: readonly Span[]) => [
  ...new Set(spans.flatMap(([activity, , , message]) => (activity === 'serialise' ? (message ?? []) : []))),
];

const kinds: [string, (request: PoolRequest) => ReturnType<typeof threadPool>][] = [
  ['threads', threadPool],
  ['threads that are given packed numbers', (request) => threadPool({ ...request, transfer: true })],
  ['processes, JSON', (request) => processPool({ ...request, serialization: 'json' })],
  ['processes, advanced', (request) => processPool({ ...request, serialization: 'advanced' })],
];

describe.each(kinds)('a traced call to a pool of %s', { timeout: 60_000 }, (name, openPool) => {
  const open = async () => {
    const pool = await openPool({ ref, workers: 2 });
    const signal = new AbortController().signal;
    const request = {
      kernel,
      ref,
      split: 'elements',
      workers: 2,
      chunk: 'key',
      options: {},
      signal,
    } as const;
    const session = pooledSession(pool, request);
    opened.push(session);
    return session;
  };

  test('says of each message what both sides did with it, in this order', async () => {
    const session = await open();
    const { spans, workers, estimated, fromNs, toNs } = await traceCall(async () => {
      await session.run?.(input);
    });
    const messages = messagesIn(spans);
    expect(messages).toHaveLength(input.size);
    const all = workers.flatMap((worker) => worker.spans);
    for (const message of messages) {
      const [own, theirs] = [ofMessage(spans, message), ofMessage(all, message)];
      const ends = [
        own.get('serialise')?.[1],
        theirs.get('deserialise')?.[2],
        theirs.get('compute')?.[1],
        theirs.get('compute')?.[2],
        theirs.get('serialise')?.[1],
        own.get('deserialise')?.[2],
      ];
      expect(ends).toEqual([...ends].sort((a, b) => Number(a) - Number(b)));
      expect(ends).not.toContain(undefined);
      expect(Number(ends[0])).toBeGreaterThanOrEqual(fromNs);
      expect(Number(ends[5])).toBeLessThanOrEqual(toNs);
    }
    expect(spans.map(([activity]) => activity)).toEqual(expect.arrayContaining(['pack', 'merge']));
    expect(estimated).toEqual(name.startsWith('processes') ? ['deserialise'] : []);
  });

  test('tells of that call alone', async () => {
    const session = await open();
    const call = async () => {
      await session.run?.(input);
    };
    const first = await traceCall(call);
    await call();
    const second = await traceCall(call);
    const seen = new Set(messagesIn(first.spans));
    expect(messagesIn(second.spans).filter((message) => seen.has(message))).toEqual([]);
    expect(second.workers.flatMap((worker) => messagesIn(worker.spans)).sort()).toEqual(
      messagesIn(second.spans).sort(),
    );
  });
});

describe('a traced call to threads that share memory', { timeout: 60_000 }, () => {
  test('says when work was handed out, and when each of them computed', async () => {
    const pool = await sharedPool({ kernel, ref, workers: 2, engine: plainEngine(kernel) });
    opened.push(pool);
    const units = 50;
    const id = pool.add(areaOf(units));
    const { spans, workers } = await traceCall(async () => {
      await pool.compute(id);
    });
    expect(workers).toHaveLength(1);
    const activities = new Set(spans.map(([activity]) => activity));
    expect(activities).toContain('transfer');
    // Whoever was faster had more of it.
    expect([...spans, ...workers[0].spans].some(([activity]) => activity === 'compute')).toBe(true);
    for (const [activity] of workers[0].spans) expect(activity).toBe('compute');
  });
});

describe('what a caller does', () => {
  test('is noted while a call is traced, also where it fails, and not else', async () => {
    expect(trace('pack', () => 1)).toBe(1);
    const { spans } = await traceCall(async () => {
      expect(trace('pack', () => 2)).toBe(2);
      expect(() =>
        trace('merge', () => {
          throw new Error('no');
        }),
      ).toThrow('no');
    });
    expect(spans.map(([activity]) => activity)).toEqual(['pack', 'merge']);
  });
});

function areaOf(count: number): Area {
  const shared = (bytes: number) => new SharedArrayBuffer(bytes);
  const units = new Uint32Array(shared(16 * count));
  const offsets = new Uint32Array(shared(4 * (count + 1)));
  for (let k = 0; k < count; k++) {
    units.set([k, k + 1, wholeLists, 0], 4 * k);
    offsets[k + 1] = k + 1;
  }
  return {
    input: new Float64Array(shared(8 * count)),
    output: new Float64Array(shared(8 * count)),
    offsets,
    units,
  };
}
