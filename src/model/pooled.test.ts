import { expect, it } from 'vitest';
import { syntheticResults } from '../../test/support/synthetic.js';
import { tableOf } from '../analysis/table.js';
import { pooled } from './pooled.js';

const strategies = [
  { label: 'for-loop', family: 'serial' as const, compute: ({ elements }: { elements: number }) => elements },
];
const run = (lengths: number[], host = {}) =>
  syntheticResults({ strategies, sweeps: [{ keys: [8], length: lengths }], rounds: 4, host });

it('equal cells share their rounds, others stand side by side', () => {
  const all = pooled([run([10, 100]), run([100, 1_000])]);
  const rounds = tableOf(all, 2)
    .all('warm')
    .map(({ cell, rounds: each }) => [cell.point.length, each.length]);
  expect(rounds).toEqual([
    [10, 4],
    [100, 8],
    [1_000, 4],
  ]);
});

it('a run that went past its planned rounds keeps them all', () => {
  const planned = run([10]);
  const under = { ...planned, header: { ...planned.header, rounds: 2 } };
  const [entry] = tableOf(pooled([under, under]), 2).all('warm');
  expect(entry.rounds).toHaveLength(8);
});

it('runs of two machines are refused', () => {
  expect(() => pooled([run([10]), run([10], { fingerprint: 'another' })])).toThrow(
    /differ in machine \(5c1f0e6a and another\): fit each by itself/,
  );
});
