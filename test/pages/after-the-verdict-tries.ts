/*
 * The program that the test of docs/after-the-verdict.md puts beside the files of that page, and runs there: it imports
 * each and prints as JSON what came of it, by name: 'right', or what was wrong. It stands alone: nothing of ours is there.
 */
import { deepStrictEqual, rejects } from 'node:assert/strict';

type Lists = Map<string, number[]>;
type Answers = ReadonlyMap<string, ArrayLike<number> | undefined>;

/** Of many lengths, none and odd ones among them; more numbers in all than one piece of shared memory holds. */
const lists: Lists = new Map(
  Array.from({ length: 60 }, (_, i) => [
    `key ${i}`,
    Array.from({ length: (i * 37) % 2_000 }, (_, j) => j / 2 - i),
  ]),
);
const none: Lists = new Map();
/** A worker fails on it: it is no list. */
const bad = new Map([['a', { length: 3 }]]) as unknown as Lists;

/** As a module of the page is not known here, it is whatever it says. */
async function load(name: string) {
  return await import(`./${name}`);
}

function check(answers: Answers, of: Lists): void {
  const plain = [...answers].map(([key, list]) => [key, Array.from(list ?? [])]);
  const expected = [...of].map(([key, list]) => [key, list.map((x) => x * x - 13)]);
  deepStrictEqual(plain, expected);
}

interface Pool {
  run(lists: Lists): Promise<Answers>;
  close(): Promise<unknown>;
}

/** Twice, since what a first call leaves behind must not hurt the second. */
async function tryPool(pool: Pool): Promise<void> {
  try {
    for (const input of [lists, none, lists]) check(await pool.run(input), input);
  } finally {
    await pool.close();
  }
}

async function tryFailing(pool: Pool): Promise<void> {
  try {
    await rejects(pool.run(bad));
  } finally {
    await pool.close();
  }
}

interface Shared {
  readonly values: Float64Array;
  readonly answers: Answers;
  run(): Promise<void>;
  close(): Promise<unknown>;
}

async function tryShared(pool: Shared): Promise<void> {
  try {
    await pool.run();
    check(pool.answers, lists);
    const [[key, list]] = [...lists].filter((pair) => pair[1].length > 0);
    pool.values[0] = 1_000;
    await pool.run();
    check(pool.answers, new Map([...lists, [key, [1_000, ...list.slice(1)]]]));
  } finally {
    await pool.close();
  }
}

const tries: Readonly<Record<string, () => Promise<void>>> = {
  'loop.mjs': async () => check((await load('loop.mjs')).runLoop(lists), lists),
  'loop.mjs again': async () => {
    const { runLoopAgain } = await load('loop.mjs');
    check(runLoopAgain(lists, new Map([...lists].map(([key, list]) => [key, list.map(() => 0)]))), lists);
  },
  'limited.mjs': async () => {
    const { runLimited } = await load('limited.mjs');
    let most = 0;
    let now = 0;
    const work = async (list: number[]) => {
      most = Math.max(most, ++now);
      await new Promise((done) => setTimeout(done, 1));
      now--;
      return list.map((x) => x * x - 13);
    };
    check(await runLimited(lists, work, 7), lists);
    deepStrictEqual(most, 7);
  },
  'limited.mjs fails': async () => {
    const { runLimited } = await load('limited.mjs');
    let begun = 0;
    const work = async () => {
      if (++begun === 3) throw new Error('the third');
      await new Promise((done) => setTimeout(done, 1));
    };
    await rejects(runLimited(lists, work, 4), /the third/);
    await new Promise((done) => setTimeout(done, 20));
    deepStrictEqual(begun, 4);
  },
  'packed.mjs': async () => {
    const { pack, runPacked, unpack } = await load('packed.mjs');
    const packed = pack(lists);
    runPacked(packed);
    check(unpack(packed), lists);
  },
  'simd.mjs': async () => {
    const { answers, run } = (await load('simd.mjs')).packSimd(lists);
    run();
    check(answers, lists);
  },
  'threads.mjs': async () => tryPool((await load('threads.mjs')).openThreads(2)),
  'threads.mjs fails': async () => tryFailing((await load('threads.mjs')).openThreads(2)),
  'transfer.mjs': async () => tryPool((await load('transfer.mjs')).openTransfer(2)),
  'shared.mjs': async () => tryShared((await load('shared.mjs')).openShared(lists, 2)),
  'simd-shared.mjs': async () => tryShared((await load('simd-shared.mjs')).openSimdShared(lists, 2)),
  'processes.mjs': async () => tryPool((await load('processes.mjs')).openProcesses(2)),
  'processes.mjs advanced': async () => tryPool((await load('processes.mjs')).openProcesses(2, 'advanced')),
  'processes.mjs fails': async () => tryFailing((await load('processes.mjs')).openProcesses(1)),
};

const found: Record<string, string> = {};
for (const [name, attempt] of Object.entries(tries)) {
  try {
    await attempt();
    found[name] = 'right';
  } catch (cause) {
    found[name] = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  }
}
console.log(JSON.stringify(found));
