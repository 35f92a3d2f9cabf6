import { describe, expect, it } from 'vitest';
import { isSettled } from './settled.js';
import type { ChangeLabel, Compared } from './types.js';

/** A time of a strategy at a point, with an interval of so many per cent around it. */
function row(strategy: string, keys: number, label: ChangeLabel, value: number, half: number): Compared {
  const estimate = { value: 1e6, rounds: 8 };
  const interval = { low: value / (1 + half), high: value * (1 + half) };
  return {
    scenario: 'ci',
    strategy,
    quantity: 'time',
    account: 'warm',
    point: { keys },
    points: 1,
    base: estimate,
    head: estimate,
    ratio: { value, interval, rounds: 8 },
    noise: 0.02,
    limit: 0.05,
    label,
    red: false,
  };
}

const settled = (rows: readonly Compared[], strategy = 'own', keys = 8) =>
  isSettled({ rows, margin: 0.05 }, { strategy, point: { keys } });

describe('a cell needs no further round', () => {
  it('where every time of it is the same, whatever the others of its strategy are', () => {
    const open = row('own', 64, 'undecided', 1.05, 0.1);
    expect(settled([row('own', 8, 'same', 1, 0.02), open])).toBe(true);
    expect(settled([row('own', 8, 'same', 1, 0.02), row('own', 8, 'undecided', 1, 0.1)])).toBe(false);
  });

  it('where it differs beyond doubt, and not as soon as it looks different', () => {
    expect(settled([row('own', 8, 'slower', 1.5, 0.05)])).toBe(true);
    expect(settled([row('own', 8, 'faster', 0.7, 0.05)])).toBe(true);
    expect(settled([row('own', 8, 'slower', 1.15, 0.05)])).toBe(false);
    expect(settled([row('own', 8, 'slower', 1.06, 0.001)])).toBe(true);
  });

  it('only together with the others of its strategy, where they differ', () => {
    const open = row('own', 64, 'undecided', 1.05, 0.1);
    const slower = row('own', 8, 'slower', 1.5, 0.05);
    expect(settled([slower, open])).toBe(false);
    expect(settled([slower, row('own', 64, 'same', 1, 0.02)])).toBe(true);
    expect(settled([slower, row('other', 64, 'undecided', 1, 0.1)])).toBe(true);
  });

  it('never without an interval', () => {
    const short = { ...row('own', 8, 'undecided', 3, 0.01), ratio: { value: 3, rounds: 3 } };
    expect(settled([short])).toBe(false);
  });
});
