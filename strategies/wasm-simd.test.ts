import { type Dictionary, isLists, type Kernel, type KernelPlugin, type Lists, toColumns } from 'breakeven';
import { describe, expect, it } from 'vitest';
import sqrtChain from '../scenarios/kernels/sqrt-chain.js';
import squareMinus13 from '../scenarios/kernels/square-minus-13.js';
import stream from '../scenarios/kernels/stream.js';
import sum from '../scenarios/kernels/sum.js';
import { toForm } from '../src/dictionary/columns.js';
import { difference } from '../src/dictionary/compare.js';
import { reference } from '../src/measure/cell/expected.js';
import { windowSize } from './typed-array.window.js';
import { LinearMemory } from './wasm-simd.memory.js';
import { wasmSession } from './wasm-simd.session.js';

/** A first page, a window, and one page more: room for 4,096 numbers and their answers. */
const smallMemory = 2 * 65_536 + 16 * windowSize;

const kernels: Readonly<Record<string, KernelPlugin>> = {
  'square-minus-13': squareMinus13,
  'sqrt-chain': sqrtChain as unknown as KernelPlugin,
  sum,
  'stream, scale': stream as unknown as KernelPlugin,
  'stream, copy': { ...(stream as unknown as KernelPlugin), options: { operation: 'copy' } },
};

/** Lists that are empty, short, odd, as long as the window, and longer than it. */
const lists: Lists = new Map(
  [0, 1, 7, 10, windowSize, 3, 20_001, 0, 5].map((length, k) => [
    `key${k}`,
    Array.from({ length }, (_, i) => k + i / 8),
  ]),
);

describe.each(Object.keys(kernels))('wasm-simd, %s', (id) => {
  const plugin = kernels[id];
  const kernel = plugin.make(plugin.options);

  describe.each([
    ['lists', lists],
    ['columns', toColumns(lists)],
  ])('from %s', async (_, input: Dictionary) => {
    const expected = toForm(await reference(kernel, lists), 'columns');

    it.each([true, false])(
      'gives the answers of the plain loop in one call (lists may be cut: %s)',
      (cuttable) => {
        const session = sessionOf(kernel, cuttable);
        expectClose(session.run?.(input) as Dictionary, expected);
        expectClose(session.run?.(input) as Dictionary, expected);
      },
    );

    it('gives them in stages, and nothing that is left over from an earlier pass', () => {
      const placed = sessionOf(kernel, true).place(input);
      if (placed instanceof Promise) throw new Error('place is synchronous');
      placed.compute();
      placed.poison();
      const poisoned = flat(placed.collect() as Dictionary);
      expect(poisoned.every(Number.isNaN)).toBe(true);
      placed.compute();
      const first = placed.collect() as Dictionary;
      expectClose(first, expected);
      placed.poison();
      expectClose(first, expected);
    });

    it('streams through its window what does not fit into memory', () => {
      const session = sessionOf(kernel, true, smallMemory);
      const placed = session.place(input);
      if (placed instanceof Promise) throw new Error('place is synchronous');
      expect(placed.streams).toBe(true);
      placed.compute();
      expectClose(placed.collect() as Dictionary, expected);
    });
  });
});

describe('wasm-simd', () => {
  const kernel = squareMinus13.make({});

  it('keeps what is placed while another dictionary makes the memory grow', () => {
    const session = sessionOf(kernel, true);
    const small: Lists = new Map([['a', [1, 2, 3]]]);
    const first = session.place(small);
    const second = session.place(new Map([['b', new Array<number>(500_000).fill(2)]]));
    if (first instanceof Promise || second instanceof Promise) throw new Error('place is synchronous');
    first.compute();
    second.compute();
    expect(first.collect()).toEqual(new Map([['a', [-12, -9, -4]]]));
    expect((second.collect() as Lists).get('b')?.every((value) => value === -9)).toBe(true);
    expect(session.run?.(small)).toEqual(new Map([['a', [-12, -9, -4]]]));
  });

  it('says which list is too long where it may not be cut', () => {
    const session = sessionOf(kernel, false, smallMemory);
    expect(() => session.run?.(lists)).toThrow(
      /a list of 20001 numbers, which this kernel does not allow to cut/,
    );
    expect(session.run?.(new Map([['a', [5]]]))).toEqual(new Map([['a', [12]]]));
  });
});

describe('LinearMemory', () => {
  it('hands out again what was freed, and says when nothing is left', () => {
    const memory = new LinearMemory(4 * 65_536);
    const first = memory.reserve(65_536);
    const second = memory.reserve(100);
    expect(second?.address).toBe(2 * 65_536);
    expect(memory.reserve(2 * 65_536)).toBeUndefined();
    if (first) memory.free(first);
    expect(memory.reserve(65_536)?.address).toBe(first?.address);
  });
});

function sessionOf(kernel: Kernel, cuttable: boolean, maxBytes?: number) {
  if (kernel.kind === 'wait' || !kernel.wasm) throw new Error('no twin');
  return wasmSession({ kernel, wasm: kernel.wasm, cuttable, maxBytes });
}

/** The sum of a list that was cut differs in its last bits. */
function expectClose(actual: Dictionary, expected: Dictionary): void {
  expect(difference(expected, toForm(actual, 'columns'), { ulps: 4_096 })).toBeUndefined();
}

function flat(dictionary: Dictionary): number[] {
  return isLists(dictionary) ? [...dictionary.values()].flat() : Array.from(dictionary.values);
}
