import {
  type Dictionary,
  isLists,
  type KernelPlugin,
  type Lists,
  type Placed,
  plainEngine,
  type StagedSession,
  sharedPool,
  toColumns,
} from 'breakeven';
import { afterEach, describe, expect, it } from 'vitest';
import sqrtChain from '../scenarios/kernels/sqrt-chain.js';
import squareMinus13 from '../scenarios/kernels/square-minus-13.js';
import sum from '../scenarios/kernels/sum.js';
import { toForm } from '../src/dictionary/columns.js';
import { difference } from '../src/dictionary/compare.js';
import { reference } from '../src/measure/cell/expected.js';
import wasmEngine from './wasm-simd-threads.engine.js';
import { wasmRoom } from './wasm-simd-threads.room.js';
import { type MakeRoom, RoomKeeper, sharedRoom } from './worker-threads-shared.rooms.js';
import { sharedSession } from './worker-threads-shared.session.js';

const kernels: Readonly<Record<string, KernelPlugin>> = {
  'square-minus-13': squareMinus13,
  'sqrt-chain': sqrtChain as unknown as KernelPlugin,
  sum,
};

/** Lists that are empty, short, odd, as long as a unit, and longer; together more than the ring of two workers holds. */
const lists: Lists = new Map(
  [0, 1, 7, 10, 16_384, 3, 150_001, 0, 5, 16_385].map((length, k) => [
    `key${k}`,
    Array.from({ length }, (_, i) => k + i / 8),
  ]),
);

const engines = {
  'worker-threads-shared': { makeRoom: sharedRoom, wasm: false },
  'wasm-simd-threads': { makeRoom: wasmRoom, wasm: true },
} as const;

const sessions: StagedSession[] = [];
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});

interface Variant {
  readonly split?: KernelPlugin['split'];
  readonly makeRoom?: MakeRoom;
  readonly mostNumbers?: number;
  readonly workers?: number;
}

const cases = Object.keys(engines).flatMap((strategy) =>
  Object.keys(kernels).map((kernel) => [strategy as keyof typeof engines, kernel] as const),
);

describe.each(cases)('%s, %s', { timeout: 60_000 }, async (strategy, id) => {
  const plugin = kernels[id];
  const kernel = plugin.make(plugin.options);
  const expected = toForm(await reference(kernel, lists), 'columns');

  async function open({ split = plugin.split, makeRoom, mostNumbers, workers = 2 }: Variant = {}) {
    if (kernel.kind === 'wait') throw new Error('no kernel of these waits');
    const { wasm, makeRoom: usual } = engines[strategy];
    const ref = {
      module: new URL(`../scenarios/kernels/${id}.js`, import.meta.url).href,
      options: plugin.options,
    };
    const engineModule = wasm ? new URL('./wasm-simd-threads.engine.js', import.meta.url).href : undefined;
    const engine = (wasm ? wasmEngine : plainEngine)(kernel);
    const pool = await sharedPool({ kernel, ref, workers, engine, engineModule });
    const rooms = new RoomKeeper(makeRoom ?? usual, mostNumbers);
    const signal = new AbortController().signal;
    const session = sharedSession({
      ...{ kernel, ref, split, workers, chunk: 'balanced', options: {}, signal, pool, rooms },
    });
    sessions.push(session);
    return session;
  }

  describe.each([
    ['lists', lists],
    ['columns', toColumns(lists)],
  ])('from %s', (_, input: Dictionary) => {
    it.each([plugin.split, 'never'] as const)('answers in one call, split %s', async (split) => {
      const session = await open({ split });
      expectClose(await run(session, input), expected);
      expectClose(await run(session, input), expected);
    });

    it('answers in stages, and nothing that is left over from an earlier pass', async () => {
      const session = await open();
      const placed = await session.place(input);
      expect(placed.streams).toBeUndefined();
      await stages(placed, expected);
      await placed.release?.();
      // The memory of the first is used again.
      await stages(await session.place(input), expected);
    });

    it('keeps two dictionaries apart', async () => {
      const session = await open();
      const small: Lists = new Map([['a', [4, 4]]]);
      const [first, second] = [await session.place(input), await session.place(small)];
      await second.compute();
      await first.compute();
      expectClose(await run(session, input), expected);
      expectClose(await first.collect(), expected);
      expectClose(await second.collect(), toForm(await reference(kernel, small), 'columns'));
    });

    it('places in several memories what is larger than one', async () => {
      const session = await open({ mostNumbers: 160_000 });
      const placed = await session.place(input);
      expect(placed.streams).toBeUndefined();
      await stages(placed, expected);
      await placed.release?.();
    });

    it('streams through the ring what no memory holds', async () => {
      const { makeRoom } = engines[strategy];
      const small: MakeRoom = (inputs, outputs) => (inputs > 131_072 ? undefined : makeRoom(inputs, outputs));
      const session = await open({ makeRoom: small });
      const placed = await session.place(input);
      expect(placed.streams).toBe(true);
      await stages(placed, expected);
    });
  });

  it('says what to do where a list fits nowhere and may not be cut', async () => {
    const session = await open({ split: 'never', makeRoom: () => undefined });
    const input: Lists = new Map([['a', new Array<number>(20_000).fill(1)]]);
    await expect(run(session, input)).rejects.toThrow(
      /no shared memory .* \(20000 numbers\) may not be cut: give/,
    );
  });

  it('answers with the caller alone', async () => {
    expectClose(await run(await open({ workers: 1 }), lists), expected);
  });
});

describe('a room that the machine has no memory for', () => {
  it.each(Object.entries(engines))('%s: is none, and no error', (_, { makeRoom }) => {
    expect(makeRoom(2 ** 44, 2 ** 44)).toBeUndefined();
  });
});

async function stages(placed: Placed, expected: Dictionary): Promise<void> {
  await placed.compute();
  await placed.poison();
  expect(flat(await placed.collect()).every(Number.isNaN)).toBe(true);
  await placed.compute();
  const first = await placed.collect();
  expectClose(first, expected);
  await placed.poison();
  expectClose(first, expected);
}

async function run(session: StagedSession, input: Dictionary): Promise<Dictionary> {
  return (await session.run?.(input)) as Dictionary;
}

/** The sum of a list that was cut differs in its last bits. */
function expectClose(actual: Dictionary, expected: Dictionary): void {
  expect(difference(expected, toForm(actual, 'columns'), { ulps: 4_096 })).toBeUndefined();
}

function flat(dictionary: Dictionary): number[] {
  return isLists(dictionary) ? [...dictionary.values()].flat() : Array.from(dictionary.values);
}
