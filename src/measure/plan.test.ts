import { describe, expect, test } from 'vitest';
import { madeUpRequest, madeUpStrategy } from '../../test/support/made-up-plan.js';
import type { Axes } from '../contract/scenario.js';
import { heapMegabytes } from './memory.js';
import { fullSampling, quickSampling } from './order.js';
import { makePlan, type PreparedData } from './plan.js';

const { scenario } = madeUpRequest();
const withSweeps = (sweeps: readonly Axes[]) => ({ scenario: { ...scenario, sweeps } });

describe('points', () => {
  test('are every combination of every sweep, each once, with defaults for axes that are not named', async () => {
    const sweeps: Axes[] = [
      { keys: [4, 8], length: [10, 20] },
      { keys: [8], values: ['ints', 'doubles'], length: [10] },
    ];
    const { header } = await makePlan(
      madeUpRequest({ ...withSweeps(sweeps), strategies: [madeUpStrategy('one')] }),
    );
    expect(header.cells.map(({ point }) => `${point.keys}×${point.length} ${point.values}`)).toEqual([
      '4×10 ints',
      '4×20 ints',
      '8×10 ints',
      '8×20 ints',
      '8×10 doubles',
    ]);
    expect(header.defaults).toEqual({ skew: 'equal', workers: 2, chunk: 'balanced' });
    expect(header.cells[0].point).toEqual({ keys: 4, length: 10, values: 'ints' });
  });

  test('added later become cells with ids of their own, and only once', async () => {
    const plan = await makePlan(madeUpRequest());
    const [first] = plan.header.cells;
    expect(await plan.add([first.point])).toEqual([]);
    const added = await plan.add([{ ...first.point, keys: 16 }]);
    expect(added.map(({ id, keys }) => [id, keys])).toEqual([
      ['c5', 16],
      ['c6', 16],
    ]);
    expect(plan.header.cells.length).toBe(6);
    expect(plan.order('c6').data).toMatchObject({ spec: { keys: 16 } });
  });

  test('of a file are cut to its keys and lengths', async () => {
    const data: PreparedData = {
      path: '/data',
      header: { name: 'data', keys: 3, elements: 60, missing: 0, shortest: 10, longest: 30 },
      lengths: Uint32Array.of(10, 20, 30),
      values: 'ints',
    };
    const { header, order } = await makePlan(
      madeUpRequest({ ...withSweeps([{ keys: [2, 9], length: [15] }]), data }),
    );
    expect(header.cells.map(({ keys, elements }) => [keys, elements])).toEqual([
      [2, 25],
      [2, 25],
      [3, 40],
      [3, 40],
    ]);
    expect(order('c1').data).toEqual({ kind: 'file', path: '/data', keys: 2, length: 15 });
  });

  test('there must be one', async () => {
    await expect(makePlan(madeUpRequest(withSweeps([])))).rejects.toThrow(
      'scenario "made-up" has no points to measure',
    );
  });
});

describe('a cell', () => {
  test('has what its process needs: swept options reach the kernel, the seed the data', async () => {
    const { order } = await makePlan(
      madeUpRequest({ ...withSweeps([{ steps: [7], workers: [3], chunk: ['key'] }]), seed: 9 }),
    );
    expect(order('c1')).toMatchObject({
      label: 'one',
      strategy: { module: 'file:///one.js', options: {} },
      kernel: { module: 'file:///kernel.js', options: { steps: 7 } },
      data: { kind: 'generated', spec: { keys: 8, length: 1_000, skew: 'equal', values: 'ints', seed: 9 } },
      workers: 3,
      chunk: 'key',
      sampling: quickSampling,
      verify: true,
    });
    expect((await makePlan(madeUpRequest({ quick: false }))).order('c1').sampling).toBe(fullSampling);
    expect(() => order('c9')).toThrow('the plan has no cell c9');
  });

  test('keep what a program says of its workers', async () => {
    const { strategy, ...native } = madeUpStrategy('native');
    const told = { ...native, strategy: { ...strategy, family: 'external', onWorkers: true } } as const;
    const { header } = await makePlan(madeUpRequest({ strategies: [told, madeUpStrategy('one')] }));
    expect(header.strategies.map(({ onWorkers }) => onWorkers)).toEqual([true, undefined]);
  });

  test('of a strategy that does not support its kernel is kept with the reason, and not run', async () => {
    const no = madeUpStrategy('no', { supports: () => ({ reason: 'too lazy' }) });
    const { header, runnable } = await makePlan(madeUpRequest({ strategies: [no, madeUpStrategy('yes')] }));
    expect(header.cells.map(({ notApplicable }) => notApplicable)).toEqual([
      'too lazy',
      undefined,
      'too lazy',
      undefined,
    ]);
    expect(runnable.map(({ strategy }) => strategy)).toEqual(['yes', 'yes']);
  });

  test('is estimated larger with more numbers, more copies and more workers; its heap follows', async () => {
    const strategies = [
      madeUpStrategy('plain'),
      madeUpStrategy('copies', { footprint: { lists: 2 } }),
      madeUpStrategy('forks', { family: 'processes', footprint: { lists: 2 } }),
    ];
    const { header, order } = await makePlan(
      madeUpRequest({ ...withSweeps([{ keys: [8], length: [1_000, 10_000_000] }]), strategies }),
    );
    const bytes = header.cells.map(({ estimatedBytes }) => estimatedBytes);
    expect(bytes[1]).toBeGreaterThan(bytes[0]);
    expect(bytes[2]).toBeGreaterThan(bytes[1]);
    // Input and two answers, at 8 bytes per number.
    expect(bytes[3]).toBeGreaterThan(3 * 8 * 80_000_000);
    expect(order('c4').heapMegabytes).toBe(heapMegabytes(bytes[3]));
    expect(order('c4').heapMegabytes).toBeGreaterThan(order('c1').heapMegabytes);
  });
});

test('the header carries all that a report needs, and is plain data', async () => {
  const { header } = await makePlan(madeUpRequest());
  expect(JSON.parse(JSON.stringify(header))).toEqual(header);
  expect(header).toMatchObject({
    scenario: { id: 'made-up', kernel: { id: 'kernel', kind: 'map', title: 'made-up kernel' } },
    strategies: [{ label: 'one', parallel: false }, { label: 'two' }],
  });
});

describe('a cell that is larger than the machine', () => {
  const huge = madeUpStrategy('huge', { footprint: { columns: 2, run: { columns: 0 } } });
  const silent = madeUpStrategy('silent', { footprint: { columns: 2 } });
  const planFrom = (from: 'lists' | 'columns', length: number) =>
    makePlan(
      madeUpRequest({
        scenario: { ...scenario, from, sweeps: [{ keys: [8], length: [length] }] },
        strategies: [huge, silent],
      }),
    );
  /** What `madeUpHost` has, in numbers of 8 bytes. */
  const memoryNumbers = (4 * 2 ** 30) / 8;

  test('is measured by run alone, where the strategy says what that takes and data start as columns', async () => {
    const { header, order } = await planFrom('columns', memoryNumbers / 8 / 3);
    const [alone, whole] = header.cells.map(({ id, estimatedBytes }) => ({
      runAlone: order(id).runAlone,
      share: estimatedBytes / (4 * 2 ** 30),
    }));
    expect(alone.runAlone).toBe(true);
    expect(alone.share).toBeGreaterThan(0.66);
    expect(alone.share).toBeLessThan(0.75);
    expect(whole.runAlone).toBeUndefined();
    expect(whole.share).toBeGreaterThan(1.6);
  });

  test('is not cut down where it fits, or starts from lists', async () => {
    const runsAlone = async (from: 'lists' | 'columns', length: number) => {
      const { header, order } = await planFrom(from, length);
      return header.cells.map(({ id }) => order(id).runAlone);
    };
    expect(await runsAlone('columns', 1_000)).toEqual([undefined, undefined]);
    expect(await runsAlone('lists', memoryNumbers / 8 / 3)).toEqual([undefined, undefined]);
  });
});
