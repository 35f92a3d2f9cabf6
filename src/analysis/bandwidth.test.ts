import { describe, expect, it } from 'vitest';
import { type StrategyModel, syntheticResults } from '../../test/support/synthetic.js';
import { bandwidthOf, levelOf, roofsOf } from './bandwidth.js';
import { tableOf } from './table.js';

const caches = [
  { name: 'L1', bytes: 32_768 },
  { name: 'L2', bytes: 1_048_576 },
];
/** 16 bytes per number at 1 ns each is 16 GB/s, whoever moves them. */
const copy: StrategyModel = {
  label: 'for-loop',
  family: 'serial',
  place: () => 0,
  compute: ({ elements }) => elements,
  collect: () => 0,
};

function figures(bytesPerNumber: number | undefined, strategy = copy, onWorkers?: boolean) {
  const results = syntheticResults({
    sweeps: [{ keys: [1], length: [1_024, 32_768, 1_048_576] }],
    strategies: [strategy],
    noise: { cell: 0.01 },
    host: { caches },
  });
  const cells = results.header.cells.map((cell) =>
    bytesPerNumber === undefined
      ? cell
      : { ...cell, work: { flops: 0, bytes: bytesPerNumber * cell.elements } },
  );
  const told = onWorkers === undefined ? {} : { onWorkers };
  const strategies = results.header.strategies.map((each) => ({ ...each, ...told }));
  return bandwidthOf(tableOf({ ...results, header: { ...results.header, cells, strategies } }, 2));
}

describe('bytes per second', () => {
  it('come from what the kernel says it moves, with intervals, one figure per cell', () => {
    const found = figures(16);
    expect(found.map(({ bytes }) => bytes)).toEqual([16_384, 524_288, 16_777_216]);
    expect(found.map(({ level }) => level)).toEqual(['L1', 'L2', 'memory']);
    for (const { bytesPerSecond, workers } of found) {
      expect(workers).toBe(1);
      expect(bytesPerSecond.value / 16e9).toBeCloseTo(1, 1);
      expect(bytesPerSecond.interval?.low).toBeLessThan(16.2e9);
      expect(bytesPerSecond.interval?.high).toBeGreaterThan(15.8e9);
    }
  });

  it('have a roof per level and number of workers', () => {
    const [l1, l2] = figures(16);
    const faster = { ...l1, strategy: 'native', bytesPerSecond: { value: 40e9, rounds: 8 } };
    const onTwo = { ...l2, workers: 2, bytesPerSecond: { value: 1e9, rounds: 8 } };
    expect(roofsOf([onTwo, l2, l1, faster])).toEqual([faster, l2, onTwo]);
  });

  it('count the workers of a program only where its manifest says them', () => {
    const workersOf = (onWorkers?: boolean) =>
      figures(16, { ...copy, label: 'native', family: 'external', program: 'native' }, onWorkers)[0].workers;
    expect([workersOf(true), workersOf(false), workersOf()]).toEqual([2, 1, undefined]);
    const [one] = figures(16);
    const { workers: _, ...untold } = { ...one, strategy: 'go', bytesPerSecond: { value: 90e9, rounds: 8 } };
    expect(roofsOf([untold, one])).toEqual([one, untold]);
  });

  it('are not told where the file does not know the work, or there is none', () => {
    expect(figures(undefined)).toEqual([]);
    expect(figures(0)).toEqual([]);
  });

  it('lie in no known place where the caches are not known', () => {
    expect(levelOf(1_000, [])).toBeUndefined();
    expect(levelOf(32_768, caches)).toBe('L1');
  });
});
