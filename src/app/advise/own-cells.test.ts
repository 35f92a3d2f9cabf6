import { describe, expect, it } from 'vitest';
import { type OwnQuestion, ownCells } from './own-cells.js';

const strategies = [
  { label: 'for-loop', family: 'serial' },
  { label: 'worker-threads', family: 'threads' },
  { label: 'child-process', family: 'processes' },
];
const light: OwnQuestion = {
  keys: 1_000,
  length: 100,
  fromFile: false,
  listMs: 1e-3,
  inProportion: true,
  workers: 2,
  strategies,
};
const keysOf = (question: OwnQuestion, strategy: string) =>
  ownCells(question)
    .first.filter((cell) => cell.strategy === strategy)
    .map(({ keys }) => keys);

it('measures the very size that is asked about where there is time, and an eighth of it', () => {
  const { extrapolates, left, verify } = ownCells(light);
  expect({ extrapolates, left, verify }).toEqual({ extrapolates: false, left: [], verify: true });
  for (const { label } of strategies) expect(keysOf(light, label)).toEqual([1_000, 124]);
});

it('shorter lists tell something of longer ones only where these cost no more than in proportion', () => {
  const lengths = (inProportion: boolean) =>
    new Set(ownCells({ ...light, inProportion }).further.map(({ length }) => length));
  expect(lengths(true)).toContain(13);
  expect(lengths(false)).toEqual(new Set([100]));
});

describe('lists of a third of a second', () => {
  const heavy = { ...light, keys: 64, listMs: 330 };

  it('a loop gets two of them, a pool as many for each of its workers', () => {
    expect(keysOf(heavy, 'for-loop')).toEqual([2, 1]);
    expect(keysOf(heavy, 'worker-threads')).toEqual([4, 2]);
    expect(keysOf({ ...heavy, workers: 8 }, 'worker-threads')).toEqual([16, 8]);
  });

  it('take no more than about ten seconds, and what is left out for that is named', () => {
    const { estimatedMs, left, verify, extrapolates } = ownCells(heavy);
    expect(estimatedMs).toBeLessThan(8_000);
    expect({ left, verify, extrapolates }).toEqual({
      left: ['child-process'],
      verify: false,
      extrapolates: true,
    });
  });
});

it('more keys than fit are told from several counts, of pools in multiples of their workers', () => {
  const cells = ownCells({ ...light, keys: 1e6, workers: 3 });
  expect(cells.extrapolates).toBe(true);
  const counts = [...cells.first, ...cells.further]
    .filter(({ strategy }) => strategy === 'worker-threads')
    .map(({ keys }) => keys);
  expect(new Set(counts).size).toBe(5);
  for (const count of counts.slice(1)) expect(count % 3).toBe(0);
});

it('a file has the lists that it has', () => {
  const { first, further } = ownCells({ ...light, fromFile: true, length: 12.5 });
  expect(new Set([...first, ...further].map(({ length }) => length))).toEqual(new Set([12.5]));
});

it('a single key is a single point', () => {
  expect(keysOf({ ...light, keys: 1 }, 'for-loop')).toEqual([1]);
});
